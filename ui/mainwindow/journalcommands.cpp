// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/journalcommands.h"

#include "core/base/displaytext.h"
#include "core/base/safefile.h"
#include "core/cleanup/expirebackupsjob.h"
#include "core/cleanup/reporttable.h"
#include "core/cleanup/savebackupjob.h"
#include "core/settings/windowsettings.h"
#include "ui/dialogs/backupspanel.h"
#include "ui/dialogs/journaldialog.h"
#include "ui/dialogs/journalpanel.h"
#include "ui/format/valueformat.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/reportfile.h"
#include "ui/mainwindow/restorecommands.h"
#include "ui/mainwindow/selectioncommands.h"
#include "ui/presenters/connectionjournal.h"
#include "ui/views/messagebar.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

JournalCommands::JournalCommands(const MainActions &actions, const JournalParts &parts,
                                 std::shared_ptr<RunJournal> journal, QWidget *window)
    : QObject(window), m_parts(parts), m_journal(std::move(journal)), m_window(window)
{
    new ConnectionJournal(m_parts.registries, m_journal, this);
    connect(actions.showJournal, &QAction::triggered, this, &JournalCommands::show);
    connect(&m_parts.selection, &SelectionCommands::reportRequested, this,
            &JournalCommands::saveDeletion);
    if (m_journal)
        forgetOldBackups();
}

BackupRetention JournalCommands::retention() const
{
    const BackupRetention usual;
    return {m_parts.settings.backupDays(usual.days), m_parts.settings.backupBytes(usual.bytes)};
}

void JournalCommands::keepRetention(const BackupRetention &retention)
{
    m_parts.settings.setBackupDays(retention.days);
    m_parts.settings.setBackupBytes(retention.bytes);
}

void JournalCommands::forgetOldBackups()
{
    auto *job = new ExpireBackupsJob(SaveBackupJob::defaultPlace(), retention(), m_journal, this);
    job->then(this, [this](const Result<QList<BackupRemoval>> &removals) {
        // What cannot be removed is still in the list, and says why to whoever tries.
        const auto gone = removals ? std::count_if(removals->begin(), removals->end(),
                                                   [](const auto &one) { return !one.error; })
                                   : 0;
        if (gone > 0)
            m_parts.message.showMessage(
                MessageBar::Kind::Information,
                tr("%n backup(s) were removed: they are older, or take more, than is to be kept.",
                   nullptr, static_cast<int>(gone)));
    });
    job->start();
}

void JournalCommands::show()
{
    if (!m_dialog) {
        auto *journal = new JournalPanel(m_journal);
        auto *backups = new BackupsPanel(SaveBackupJob::defaultPlace(), m_journal, retention());
        m_dialog = new JournalDialog(journal, backups, m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        RestoreCommands *restores = &m_parts.selection.restores();
        const auto open = [this](const QString &folder) { openFolder(folder, m_dialog); };
        connect(journal, &JournalPanel::restoreRequested, restores, &RestoreCommands::restore);
        connect(backups, &BackupsPanel::restoreRequested, restores, &RestoreCommands::restore);
        connect(journal, &JournalPanel::openRequested, this, open);
        connect(backups, &BackupsPanel::openRequested, this, open);
        connect(backups, &BackupsPanel::removalRequested, this, &JournalCommands::askToRemove);
        connect(backups, &BackupsPanel::retentionChanged, this, &JournalCommands::keepRetention);
        connect(journal, &JournalPanel::savingRequested, journal, [this, journal] {
            const QString day = QDate::currentDate().toString(Qt::ISODate);
            askForReportFile(*m_dialog, m_parts.settings, "longshore-journal-"_L1 + day,
                             [panel = QPointer(journal)](const QString &path) {
                                 if (panel)
                                     panel->save(path);
                             });
        });
        connect(restores, &RestoreCommands::ended, m_dialog, &JournalDialog::reload);
    } else {
        m_dialog->reload(); // Something may have been deleted since.
    }
    m_dialog->show(); // The window stays of use: a connection may have to be opened first.
    m_dialog->raise();
    m_dialog->activateWindow();
}

void JournalCommands::openFolder(const QString &folder, QWidget *window)
{
    const bool isThere = QFileInfo(folder).isDir();
    if (isThere && QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        return;
    say(tr("Open Folder"),
        (isThere ? tr("The backup is in %1.") : tr("The folder %1 is not there any more."))
            .arg(quotedPath(folder)),
        window);
}

void JournalCommands::say(const QString &title, const QString &sentence, QWidget *window)
{
    auto *box =
        new QMessageBox(QMessageBox::Information, title, sentence, QMessageBox::Close, window);
    box->setObjectName(u"noticeDialog"_s);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void JournalCommands::saveDeletion(const ReportTable &report, QWidget *window)
{
    const QString day = QDate::currentDate().toString(Qt::ISODate);
    saveReport(
        *window, m_parts.settings, "longshore-deletion-"_L1 + day, [report] { return report; },
        [this, window](const QString &path, const Result<Done> &written) {
            if (written)
                m_parts.message.showMessage(MessageBar::Kind::Information,
                                            tr("The report is in %1.").arg(quotedPath(path)));
            else
                say(tr("Save Report"), written.error().message, window);
        });
}

static QString describe(const QList<BackupRow> &backups)
{
    constexpr qsizetype mostLines = 12;
    QStringList lines;
    for (const BackupRow &backup : backups.mid(0, mostLines))
        lines.append(JournalCommands::tr("%1 from %2, %3")
                         .arg(quotedText(backup.name()),
                              QLocale().toString(backup.taken.toLocalTime(), QLocale::ShortFormat),
                              formatBytes(backup.bytes)));
    if (const auto more = static_cast<int>(backups.size() - lines.size()); more > 0)
        lines.append(JournalCommands::tr("and %n more", nullptr, more));
    return lines.join(u'\n');
}

void JournalCommands::askToRemove(const QList<BackupRow> &backups)
{
    QStringList folders;
    qint64 bytes = 0;
    for (const BackupRow &backup : backups) {
        folders.append(backup.folder);
        bytes += backup.bytes;
    }
    const auto count = static_cast<int>(backups.size());
    auto *box =
        new QMessageBox(QMessageBox::Warning, tr("Delete Backups"),
                        tr("Delete %n backup(s), %1?", nullptr, count).arg(formatBytes(bytes))
                            + "\n\n"_L1 + describe(backups) + "\n\n"_L1
                            + tr("What they hold can then not be restored any more. This cannot "
                                 "be undone."),
                        QMessageBox::Cancel, m_dialog); // Its other text would read markup.
    box->setObjectName(u"removeBackupsDialog"_s);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *remove =
        box->addButton(tr("&Delete %n Backup(s)", nullptr, count), QMessageBox::DestructiveRole);
    remove->setObjectName(u"remove"_s);
    box->setDefaultButton(QMessageBox::Cancel);
    box->button(QMessageBox::Cancel)->setObjectName(u"cancel"_s);
    connect(remove, &QPushButton::clicked, m_dialog,
            [this, folders] { m_dialog->removeBackups(folders); });
    box->open();
}

} // namespace Longshore::Ui
