// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/journaltablemodel.h"
#include "ui/presenters/journalpresenter.h"

#include <QWidget>

class QAction;
class QLabel;

namespace Longshore::Ui {

class FilteredTable;
class MessageBar;

/// Every change that the program has made, to be searched and written to a file. Asks for what is to
/// be done about one.
class JournalPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit JournalPanel(std::shared_ptr<RunJournal> journal, QWidget *parent = nullptr);

    void reload();
    /// Writes what is shown to that file.
    void save(const QString &path);
    [[nodiscard]] FilteredTable &table() const noexcept { return *m_table; }

signals:
    void restoreRequested(const QStringList &folders);
    void openRequested(const QString &folder);
    /// A name is wanted for the file.
    void savingRequested();

private:
    void buildLayout();
    QAction *addAction(const QString &name, const QString &icon, const QString &text);
    void updateActions();
    void copyRows() const;
    [[nodiscard]] QList<JournalRow> rowsAt(const QList<int> &numbers) const;
    /// The folders of those that belong to the selected rows, each once.
    [[nodiscard]] QStringList selectedBackups() const;

    JournalTableModel m_model;
    JournalPresenter m_presenter;
    FilteredTable *m_table;
    MessageBar *m_message;
    QLabel *m_summary;
    QAction *m_restore;
    QAction *m_open;
    QAction *m_copy;
    QAction *m_save;
    QAction *m_retry;
};

} // namespace Longshore::Ui
