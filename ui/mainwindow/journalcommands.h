// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/backupretention.h"

#include <QPointer>
#include <QWidget>

namespace Longshore {
class WindowSettings;
struct ReportTable;
} // namespace Longshore

namespace Longshore::Ui {

class JournalDialog;
class MainActions;
class MessageBar;
class RegistryPresenter;
class SelectionCommands;
struct BackupRow;

/// What the journal needs of the window.
struct JournalParts
{
    WindowSettings &settings;
    SelectionCommands &selection; ///< Whose deletions want reports.
    MessageBar &message;
    const RegistryPresenter &registries; ///< Whose protection is turned on and off.
};

/// The commands around what was changed, and the backups of it; lets those go when the program
/// starts that are not to be kept any longer.
class JournalCommands final : public QObject
{
    Q_OBJECT

public:
    /// Without a \a journal nothing is known, and nothing let go.
    JournalCommands(const MainActions &actions, const JournalParts &parts,
                    std::shared_ptr<RunJournal> journal, QWidget *window);

    /// Shows a folder on this computer to the person; says so where that cannot be.
    static void openFolder(const QString &folder, QWidget *window);

private:
    void forgetOldBackups();
    void show();
    void saveDeletion(const ReportTable &report, QWidget *window);
    static void say(const QString &title, const QString &sentence, QWidget *window);
    void askToRemove(const QList<BackupRow> &backups);
    [[nodiscard]] BackupRetention retention() const;
    void keepRetention(const BackupRetention &retention);

    const JournalParts m_parts;
    const std::shared_ptr<RunJournal> m_journal;
    QWidget *m_window;
    QPointer<JournalDialog> m_dialog;
};

} // namespace Longshore::Ui
