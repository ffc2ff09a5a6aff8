// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/backuptablemodel.h"
#include "ui/presenters/backupspresenter.h"

#include <QWidget>

class QAction;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace Longshore::Ui {

class FilteredTable;
class MessageBar;

/// The backups on the disk: what they hold, and whether they are whole; how long they are kept. Asks
/// for what is to become of them.
class BackupsPanel final : public QWidget
{
    Q_OBJECT

public:
    BackupsPanel(const QString &place, std::shared_ptr<RunJournal> journal,
                 const BackupRetention &retention, QWidget *parent = nullptr);

    void reload();
    /// For good, and without a question.
    void remove(const QStringList &folders) { m_presenter.remove(folders); }
    [[nodiscard]] FilteredTable &table() const noexcept { return *m_table; }
    [[nodiscard]] const BackupTableModel &model() const noexcept { return m_model; }

signals:
    void restoreRequested(const QStringList &folders);
    void openRequested(const QString &folder);
    void removalRequested(const QList<Longshore::Ui::BackupRow> &backups);
    void retentionChanged(const Longshore::BackupRetention &retention);

private:
    QLayout *buildButtons();
    QLayout *buildRetention(const BackupRetention &retention);
    QAction *addAction(const QString &name, const QString &icon, const QString &text);
    void connectSignals();
    void updateActions();
    void showRows();
    void showProgress(qint64 done, qint64 total);
    void showCheck(const QString &folder, const BackupCheck &check);
    void showRemovals(const QList<BackupRemoval> &removals);
    void showFailure(const Error &error);
    [[nodiscard]] QList<BackupRow> selected() const;
    [[nodiscard]] QStringList selectedFolders() const;
    [[nodiscard]] BackupRetention retention() const;

    BackupTableModel m_model;
    BackupsPresenter m_presenter;
    FilteredTable *m_table;
    MessageBar *m_message;
    QProgressBar *m_progress;
    QPushButton *m_stop;
    QLabel *m_summary;
    QSpinBox *m_days;
    QSpinBox *m_gibibytes;
    QAction *m_restore;
    QAction *m_verify;
    QAction *m_remove;
    QAction *m_open;
    QAction *m_retry;
};

} // namespace Longshore::Ui
