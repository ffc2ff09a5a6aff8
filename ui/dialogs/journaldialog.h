// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QTabWidget;

namespace Longshore::Ui {

class BackupsPanel;
class JournalPanel;

/// What the program has changed, and what it has kept of it: a tab for each.
class JournalDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Takes both panels, and reads what they show.
    JournalDialog(JournalPanel *journal, BackupsPanel *backups, QWidget *parent = nullptr);

    /// For good, and without a question.
    void removeBackups(const QStringList &folders);
    /// Reads both again: something was changed.
    void reload();

private:
    JournalPanel *m_journal;
    BackupsPanel *m_backups;
    QTabWidget *m_tabs;
};

} // namespace Longshore::Ui
