// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/cleanupcommands.h"

#include "core/base/displaytext.h"
#include "core/base/safefile.h"
#include "core/base/workerjob.h"
#include "core/cleanup/cleanuppresets.h"
#include "core/cleanup/cleanuprulesjson.h"
#include "core/registry/registrysession.h"
#include "ui/dialogs/cleanupdialog.h"
#include "ui/mainwindow/backgroundruns.h"
#include "ui/mainwindow/journalcommands.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/pagetabs.h"
#include "ui/mainwindow/reportfile.h"
#include "ui/mainwindow/restorecommands.h"
#include "ui/models/registrytreemodel.h"
#include "ui/pages/cleanuppage.h"
#include "ui/presenters/connectionprotection.h"
#include "ui/presenters/openedfiles.h"
#include "ui/presenters/registrypresenter.h"
#include "ui/views/registrytreeview.h"

#include <QApplication>
#include <QFileDialog>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

constexpr qint64 largestRulesFile = 4 * 1024 * 1024;

CleanupCommands::CleanupCommands(const MainActions &actions, const CleanupParts &parts,
                                 std::shared_ptr<RunJournal> journal, QWidget *window)
    : QObject(window)
    , m_actions(actions)
    , m_parts(parts)
    , m_journal(std::move(journal))
    , m_window(window)
{
    parts.tree.addAction(actions.cleanUp);
    connect(actions.cleanUp, &QAction::triggered, this, &CleanupCommands::plan);
    connect(&parts.tabs, &PageTabs::pageMade, this, &CleanupCommands::serve);
    connect(&parts.tabs, &PageTabs::currentPageChanged, this, &CleanupCommands::update);
    connect(parts.tree.selectionModel(), &QItemSelectionModel::currentChanged, this,
            &CleanupCommands::update);
    connect(&parts.registries, &RegistryPresenter::sessionOpened, this, &CleanupCommands::update);
    connect(&parts.registries, &RegistryPresenter::sessionClosed, this, &CleanupCommands::update);
    connect(&parts.registries, &RegistryPresenter::listingEnded, this, &CleanupCommands::update);
    connect(&parts.registries, &RegistryPresenter::protectionChanged, this,
            &CleanupCommands::update);
    // Until the window is taken apart: what is asked then is gone before this.
    connect(qApp, &QApplication::focusChanged, &parts.registries, [this] { update(); });
    update();
}

std::optional<Place> CleanupCommands::target() const
{
    const Page *page = m_parts.tabs.currentPage();
    const QModelIndex row = m_parts.tree.currentIndex();
    if (page && (!m_parts.tree.hasFocus() || !row.isValid())) {
        const Place &place = page->place();
        if (!place.cleanup.isEmpty())
            return place;
        return Place{place.connectionId, place.repository, {}, {place.repository}};
    }
    const QString id = row.data(RegistryTreeModel::ConnectionIdRole).toString();
    const QString path = row.data(RegistryTreeModel::PathRole).toString();
    const bool isOne = row.data(RegistryTreeModel::IsRepositoryRole).toBool();
    QList<RepositoryName> found;
    const QStringList names = m_parts.registries.repositories(id);
    for (const QString &name : names) {
        const bool isBelow = path.isEmpty() || (!isOne && name.startsWith(QString(path + u'/')));
        if (const auto known = RepositoryName::parse(name); known && (name == path || isBelow))
            found.append(*known);
    }
    if (found.isEmpty())
        return {};
    return Place{id, found.first(), {}, found};
}

/// Whether the tree has all repositories of it; a plan for some of them would look like one for all.
bool CleanupCommands::isListed(const QString &connectionId) const
{
    const QAbstractItemModel &tree = *m_parts.tree.model();
    for (int row = 0; row < tree.rowCount(); ++row) {
        const QModelIndex connection = tree.index(row, 0);
        if (connection.data(RegistryTreeModel::ConnectionIdRole).toString() == connectionId)
            return connection.data(RegistryTreeModel::StateRole).value<RegistryTreeModel::State>()
                   == RegistryTreeModel::State::Ready;
    }
    return true; // It is filtered away.
}

QString CleanupCommands::whyNot(const std::optional<Place> &target) const
{
    if (!target)
        return tr("Select a repository to clean it up.");
    if (m_parts.registries.files().contains(target->connectionId))
        return tr("Images in files cannot be changed here.");
    const auto session = m_parts.registries.session(target->connectionId);
    if (!session)
        return tr("This connection is not open.");
    if (target->cleanup.size() > 1 && !isListed(target->connectionId))
        return tr("Not all repositories of this registry are known yet.");
    return objectionToChanges(*session);
}

void CleanupCommands::update()
{
    const QString reason = whyNot(target());
    m_actions.cleanUp->setEnabled(reason.isEmpty());
    m_actions.cleanUp->setToolTip(reason.isEmpty() ? m_actions.cleanUp->statusTip() : reason);
}

void CleanupCommands::plan()
{
    const auto place = target();
    if (whyNot(place).isEmpty())
        m_parts.tabs.open(*place);
}

/// A page begins with the rules that its connection had the last time.
void CleanupCommands::serve(Page *made)
{
    auto *page = qobject_cast<CleanupPage *>(made);
    if (!page)
        return;
    const QString id = page->place().connectionId;
    page->presenter().setJournal(m_journal);
    const auto kept = parseCleanupRules(m_parts.settings.cleanupRules(id));
    page->setRules(kept ? *kept : rulesOf(CleanupPreset::EverythingButNewest));
    if (!kept && !m_parts.settings.cleanupRules(id).isEmpty())
        page->warn(tr("The rules of the last time cannot be read: %1").arg(kept.error().message));
    connect(&m_parts.registries, &RegistryPresenter::protectionChanged, page,
            &CleanupPage::updateButtons);
    connect(page, &CleanupPage::rulesChanged, this, [this, page, id] {
        m_parts.settings.setCleanupRules(id, QJsonDocument(toJson(page->rules())).toJson());
    });
    connect(page, &CleanupPage::confirmationRequested, this, [this, page] { confirm(page); });
    connect(page, &CleanupPage::cleaned, this, [this, page] { handleCleaned(page); });
    connect(page, &CleanupPage::restoreRequested, this, [this, page] { restore(page); });
    connect(page, &CleanupPage::backupFolderRequested, this, [this, page] { openBackup(page); });
    connect(page, &CleanupPage::loadRequested, this, [this, page] { loadRules(page); });
    connect(page, &CleanupPage::saveRequested, this, [this, page] { saveRules(page); });
    connect(page, &CleanupPage::exportRequested, this, [this, page] { exportTable(page); });
}

void CleanupCommands::confirm(CleanupPage *page)
{
    auto *dialog = new CleanupDialog(page->presenter(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, page, [this, page, dialog] {
        page->presenter().setSavesLayers(dialog->savesLayers());
        page->presenter().setPlaceholder(dialog->placeholder());
        page->run();
        m_parts.runs.add(page->presenter().watch(), quotedText(page->presenter().host()),
                         [this, page] { m_parts.tabs.setCurrentWidget(page); });
    });
    dialog->open();
}

/// Other pages still show what is gone.
void CleanupCommands::handleCleaned(CleanupPage *page)
{
    for (const RepositoryCleanup &one : page->presenter().plan().repositories) {
        const CleanupOutcomes outcomes(one);
        QStringList gone;
        for (const TagDecision &tag : one.decisions.tags) {
            const QString state = outcomes.of(tag).state;
            if (state == "deleted"_L1 || state == "untagged"_L1)
                gone.append(tag.tag.toString());
        }
        if (!gone.isEmpty())
            m_parts.tabs.removeTags({page->place().connectionId, one.decisions.repository}, gone);
    }
    const QStringList folders = backupsOf(page->presenter().plan().repositories);
    if (!folders.isEmpty())
        m_parts.restores.noteDeletion(folders);
}

void CleanupCommands::restore(CleanupPage *page)
{
    const QStringList folders = backupsOf(page->presenter().plan().repositories);
    if (folders.isEmpty())
        return page->warn(tr("Nothing was saved, because nothing was deleted."));
    m_parts.restores.restore(folders);
}

void CleanupCommands::openBackup(CleanupPage *page)
{
    const QStringList folders = backupsOf(page->presenter().plan().repositories);
    if (folders.isEmpty())
        return page->warn(tr("Nothing was saved, because nothing was deleted."));
    JournalCommands::openFolder(
        folders.size() == 1 ? folders.first() : QFileInfo(folders.first()).path(), m_window);
}

void CleanupCommands::loadRules(CleanupPage *page)
{
    auto *dialog = new QFileDialog(m_window, tr("Load Rules"), m_parts.settings.exportFolder(),
                                   tr("Rules (*.json)"));
    dialog->setObjectName(u"loadRulesDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, page, [page](const QString &path) {
        QFile file(path);
        if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
            return page->warn(
                tr("%1 cannot be read: %2").arg(quotedPath(path), file.errorString()));
        const auto rules = parseCleanupRules(file.read(largestRulesFile));
        if (!rules)
            return page->warn(
                tr("%1 holds no rules: %2").arg(quotedPath(path), rules.error().message));
        page->setRules(*rules);
    });
    dialog->open();
}

void CleanupCommands::saveRules(CleanupPage *page)
{
    auto *dialog = new QFileDialog(m_window, tr("Save Rules"), m_parts.settings.exportFolder(),
                                   tr("Rules (*.json)"));
    dialog->setObjectName(u"saveRulesDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // Asks before it takes an existing name.
    dialog->setDefaultSuffix(u"json"_s);
    connect(dialog, &QFileDialog::fileSelected, page, [this, page](const QString &path) {
        m_parts.settings.setExportFolder(QFileInfo(path).path());
        const QByteArray rules = QJsonDocument(toJson(page->rules())).toJson();
        auto *job = new WorkerJob<Done>(
            [path, rules](const CancelFlag &) { return SafeFile::writeFile(path, rules); }, page);
        job->then(page, [page](const Result<Done> &written) {
            if (!written)
                page->warn(written.error().message);
        });
        job->start();
    });
    dialog->open();
}

/// Before a run what is planned, and afterwards what became of it.
void CleanupCommands::exportTable(CleanupPage *page)
{
    const QString user = m_parts.registries.account(page->place().connectionId).credentials.user;
    const auto makeReport = [plan = page->presenter().plan(), host = page->presenter().host(),
                             user] {
        return cleanupTable(plan.repositories,
                            {host, user, QDateTime::currentDateTimeUtc(), plan.rules});
    };
    const QString day = QDate::currentDate().toString(Qt::ISODate);
    saveReport(*page, m_parts.settings, "longshore-cleanup-"_L1 + day, makeReport,
               [page](const QString &, const Result<Done> &written) {
                   if (!written)
                       page->warn(written.error().message);
               });
}

} // namespace Longshore::Ui
