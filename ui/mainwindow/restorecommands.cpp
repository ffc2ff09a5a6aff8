// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/restorecommands.h"

#include "core/base/displaytext.h"
#include "core/base/registryhost.h"
#include "core/base/workerjob.h"
#include "core/cleanup/brokenrun.h"
#include "core/cleanup/savebackupjob.h"
#include "core/registry/registrysession.h"
#include "ui/dialogs/restoredialog.h"
#include "ui/dialogs/unfinisheddialog.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/pagetabs.h"
#include "ui/presenters/registrypresenter.h"

#include <QFileDialog>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

RestoreCommands::RestoreCommands(const MainActions &actions, PageTabs &tabs,
                                 RegistryPresenter &registries, QWidget *window)
    : QObject(window), m_actions(actions), m_tabs(tabs), m_registries(registries), m_window(window)
{
    m_actions.undoDeletion->setEnabled(false);
    connect(m_actions.undoDeletion, &QAction::triggered, this, [this] { restore(m_lastBackups); });
    connect(m_actions.restoreBackup, &QAction::triggered, this, &RestoreCommands::chooseBackup);
}

void RestoreCommands::noteDeletion(const QStringList &folders)
{
    if (folders.isEmpty())
        return; // Others had removed it all before.
    m_lastBackups = folders;
    m_actions.undoDeletion->setEnabled(true);
}

void RestoreCommands::setJournal(std::shared_ptr<RunJournal> journal)
{
    m_journal = std::move(journal);
    if (!m_journal)
        return;
    auto *job = m_journal->unfinishedRuns();
    job->then(this, [this](const Result<QList<JournalRun>> &runs) {
        // A journal that cannot be read says so to who changes something.
        if (runs && !runs->isEmpty())
            showUnfinished(*runs);
    });
    job->start();
    recallLastDeletion();
}

/// Whether something is gone by it that a backup could bring back.
static bool hasRemoved(const JournalRun &run)
{
    using Kind = JournalRun::Kind;
    return (run.kind == Kind::Deletion || run.kind == Kind::Untagging) && run.ended
           && std::any_of(run.items.begin(), run.items.end(),
                          [](const JournalItem &item) {
                              return item.result.state == "deleted"_L1
                                     || item.result.state == "untagged"_L1;
                          })
           && QFileInfo(run.backupFolder).isDir();
}

/// The folders of the deletion that was the last, which may be of several repositories; newest first.
/// What was restored of it since needs no undoing.
static QStringList lastDeletion(const QList<JournalRun> &runs)
{
    constexpr qint64 longestPause = 10; // Between two runs of one deletion, in seconds.
    QStringList folders;
    QStringList restored;
    QDateTime begun;
    for (const JournalRun &run : runs) {
        if (run.kind == JournalRun::Kind::Restore)
            restored.append(run.backupFolder);
        if (!hasRemoved(run))
            continue;
        if (!folders.isEmpty() && run.ended->secsTo(begun) > longestPause)
            break;
        folders.append(run.backupFolder);
        begun = run.begun;
    }
    for (const QString &folder : std::as_const(restored))
        folders.removeAll(folder);
    return folders;
}

/// What an earlier program deleted can be undone as well.
void RestoreCommands::recallLastDeletion()
{
    auto *job = m_journal->runs();
    job->then(this, [this](const Result<QList<JournalRun>> &runs) {
        if (runs)
            findBackups(*runs);
    });
    job->start();
}

/// The disk that they are on may be far away.
void RestoreCommands::findBackups(const QList<JournalRun> &runs)
{
    auto *job = new WorkerJob<QStringList>(
        [runs](const CancelFlag &) -> Result<QStringList> { return lastDeletion(runs); }, this);
    job->then(this, [this](const Result<QStringList> &folders) {
        if (folders && m_lastBackups.isEmpty())
            noteDeletion(*folders);
    });
    job->start();
}

void RestoreCommands::showUnfinished(const QList<JournalRun> &runs)
{
    m_unfinished = new UnfinishedDialog(runs, m_window);
    m_unfinished->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_unfinished, &UnfinishedDialog::continueRequested, this,
            &RestoreCommands::continueRun);
    connect(m_unfinished, &UnfinishedDialog::restoreRequested, this,
            [this](const JournalRun &run) { restore({run.backupFolder}); });
    connect(m_unfinished, &UnfinishedDialog::forgetRequested, this, &RestoreCommands::forgetRun);
    m_unfinished->show(); // The window stays of use: a connection may have to be opened first.
}

static int count(const auto &list)
{
    return static_cast<int>(list.size());
}

static QString summaryOfTags(const BrokenRun &found)
{
    QStringList parts;
    if (const int gone = count(found.gone))
        parts.append(RestoreCommands::tr("%n tag(s) are gone, as planned.", nullptr, gone));
    if (const int changed = count(found.changed))
        parts.append(
            RestoreCommands::tr("%n tag(s) point elsewhere by now, or are the last of their "
                                "image, and are left alone.",
                                nullptr, changed));
    if (const int left = count(found.tagsAlone))
        parts.append(RestoreCommands::tr("%n tag(s) are left to be removed.", nullptr, left));
    return parts.join(u' ');
}

static QString summaryOf(const BrokenRun &found)
{
    QStringList parts;
    if (const int gone = count(found.gone))
        parts.append(RestoreCommands::tr("%n image(s) are gone, as planned.", nullptr, gone));
    if (const int changed = count(found.changed))
        parts.append(RestoreCommands::tr("%n image(s) have other tags by now, and are left alone.",
                                         nullptr, changed));
    const auto untagged = std::count_if(found.rest.groups.begin(), found.rest.groups.end(),
                                        [](const auto &group) { return group.chosen.isEmpty(); });
    if (const int left = count(found.rest.groups) - static_cast<int>(untagged))
        parts.append(RestoreCommands::tr("%n image(s) are left to be deleted.", nullptr, left));
    if (untagged > 0) // The review of a deletion is about tags.
        parts.append(
            RestoreCommands::tr("%n image(s) without a tag are left as well, and stay: nothing "
                                "names them any more.",
                                nullptr, static_cast<int>(untagged)));
    return parts.join(u' ');
}

void RestoreCommands::continueRun(const JournalRun &run)
{
    if (run.kind == JournalRun::Kind::Restore)
        return restore({run.backupFolder}); // Which looks first at what is there already.
    const QString connection = connectionTo(run.host);
    if (connection.isEmpty())
        return m_unfinished->say(tr("There is no open connection to %1. Connect to it first.")
                                     .arg(quotedText(run.host)));
    if (m_check)
        return; // One at a time.
    const auto session = m_registries.session(connection);
    auto *job = new CheckBrokenRunJob(*session, run, this);
    m_check = job;
    m_unfinished->say(tr("Looking at every tag of the repository\u2026"));
    // The session must outlive the job.
    job->then(this, [this, session, connection, run](const Result<BrokenRun> &found) {
        if (!m_unfinished)
            return; // Nobody wants to know any more.
        if (!found)
            return m_unfinished->say(found.error().message);
        const bool isOfTags = run.kind == JournalRun::Kind::Untagging;
        m_unfinished->say(isOfTags ? summaryOfTags(*found) : summaryOf(*found));
        QList<Tag> left = found->tagsAlone;
        for (const DeletionGroup &group : found->rest.groups)
            left += group.chosen;
        if (!left.isEmpty())
            emit deletionRequested(connection, found->rest.repository, left);
    });
    job->start();
}

void RestoreCommands::forgetRun(qint64 id)
{
    m_journal->end(id);
    m_unfinished->removeRun(id);
}

QString RestoreCommands::connectionTo(const QString &host) const
{
    const QList<SavedConnection> connections = m_registries.store().connections();
    for (const SavedConnection &connection : connections) {
        const auto session = m_registries.session(connection.id);
        if (session && session->host() == canonicalRegistryHost(host))
            return connection.id;
    }
    return {};
}

void RestoreCommands::restore(const QStringList &folders)
{
    auto presenter = std::make_unique<RestoresPresenter>(
        folders, [this](const QString &host) { return m_registries.session(connectionTo(host)); });
    presenter->setJournal(m_journal);
    auto *dialog = new RestoreDialog(std::move(presenter), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RestoreDialog::tagsRestored, this, &RestoreCommands::reloadPages);
    connect(dialog, &QDialog::finished, this, &RestoreCommands::ended);
    dialog->open();
}

void RestoreCommands::chooseBackup()
{
    auto *dialog = new QFileDialog(m_window, tr("Choose the Folder of a Backup"));
    dialog->setObjectName(u"backupFolderDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setDirectory(m_lastBackups.isEmpty() ? SaveBackupJob::defaultPlace()
                                                 : QFileInfo(m_lastBackups.first()).path());
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &folder) { restore({folder}); });
    dialog->open();
}

void RestoreCommands::reloadPages(const QString &host, const QString &repository)
{
    const QList<Page *> pages = m_tabs.pages();
    for (Page *page : pages) {
        const Place &place = page->place();
        const auto session = m_registries.session(place.connectionId);
        if (session && session->host() == host && place.repository.toString() == repository)
            page->reload();
    }
}

} // namespace Longshore::Ui
