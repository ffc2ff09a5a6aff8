// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/deletionpresenter.h"

#include <QDialog>

class QCheckBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace Longshore::Ui {

class DeletionChoice;
class DeletionList;
class ResultButtons;
class RunDetails;

/// Shows exactly what goes when tags are deleted, asks, carries it out and shows what became of
/// it.
///
/// Nothing can be deleted before every tag of the repository was looked at. Where images have other
/// tags, these are named, and stay unless it is chosen that they go. Where much is at stake the
/// number of tags has to be typed, in production the name of the repository. Cancel is the default
/// button.
class DeleteDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit DeleteDialog(std::unique_ptr<DeletionPresenter> presenter, QWidget *parent = nullptr);
    ~DeleteDialog() override;

    [[nodiscard]] RunWatch &watch() { return m_presenter->watch(); }
    /// What it is about, or how it has ended.
    [[nodiscard]] QString headline() const;
    void reject() override;

signals:
    /// These tags are seen to be gone; the backups are in these folders.
    void tagsDeleted(const QStringList &tags, const QStringList &folders);
    /// What was deleted shall come back out of the backups in these folders.
    void undoRequested(const QStringList &folders);
    /// The backup in this folder shall be shown.
    void backupRequested(const QString &folder);
    /// The result shall go into a file.
    void reportRequested(const Longshore::CleanupReport &report);
    /// These tags could not be deleted, and shall be looked at anew.
    void retryRequested(const QList<Longshore::Tag> &tags);
    /// It shall go on while the window is of use.
    void backgroundRequested();

private:
    void buildLayout();
    void connectSignals();
    void showChecking(qint64 done, qint64 total);
    void showPlan();
    void choose();
    void showChosen();
    void updateButton();
    void run();
    void showRunning(qint64 done, qint64 total);
    void showDetails();
    void showReport(const CleanupReport &report);
    void offerMore(const CleanupReport &report);
    void showHeadline(const QString &text);
    void showFailure(const Error &error);
    void finishWith(const QString &headline, const QString &text);

    std::unique_ptr<DeletionPresenter> m_presenter;
    QLabel *m_headline;
    QLabel *m_text;
    DeletionList *m_list;
    DeletionChoice *m_choice;
    QLabel *m_question; ///< What to type.
    QLineEdit *m_typed; ///< Where that is needed.
    QLabel *m_backup;
    QCheckBox *m_layers;
    ResultButtons *m_more;
    QProgressBar *m_progress;
    RunDetails *m_details; ///< While it runs.
    QDialogButtonBox *m_buttons;
    QPushButton *m_delete;
};

} // namespace Longshore::Ui
