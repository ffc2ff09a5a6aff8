// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/deletionpresenter.h"

#include <QDialog>

class QCheckBox;
class QDialogButtonBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace Longshore::Ui {

/// Shows exactly what goes when tags are deleted, asks, carries it out and shows what became of
/// it.
///
/// Nothing can be deleted before every tag of the repository was looked at. Tags that would go
/// along are named, and need a tick of their own. Cancel is the default button.
class DeleteDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit DeleteDialog(std::unique_ptr<DeletionPresenter> presenter, QWidget *parent = nullptr);
    ~DeleteDialog() override;

    void reject() override;

signals:
    /// These tags are seen to be gone.
    void tagsDeleted(const QStringList &tags);
    /// What was deleted shall come back out of the backup in this folder.
    void undoRequested(const QString &folder);

private:
    void buildLayout();
    void connectSignals();
    void showChecking(qint64 done, qint64 total);
    void showPlan();
    void showGroups(const DeletionPlan &plan);
    void showSiblings(const DeletionPlan &plan);
    void updateButton();
    void run();
    void showRunning(qint64 done, qint64 total);
    void showReport(const DeletionReport &report);
    void offerUndo();
    void showFailure(const Error &error);
    void finishWith(const QString &headline, const QString &text);

    std::unique_ptr<DeletionPresenter> m_presenter;
    QLabel *m_headline;
    QLabel *m_text;
    QTreeWidget *m_list;
    QCheckBox *m_withSiblings;
    QLabel *m_backup;
    QProgressBar *m_progress;
    QDialogButtonBox *m_buttons;
    QPushButton *m_delete;
};

} // namespace Longshore::Ui
