// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/cleanuppresenter.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace Longshore::Ui {

class RunDetails;

/// Below a clean-up: how far something is, and what can be done next.
class CleanupFoot final : public QWidget
{
    Q_OBJECT

public:
    explicit CleanupFoot(QWidget *parent = nullptr);

    /// Shows what fits to the state, where \a count tags would go. \a objection says why they cannot.
    void showState(CleanupPresenter::State state, bool hasRows, int count,
                   const QString &objection);
    /// Whether something could not be deleted, and can be tried once more.
    void offerRetry(bool hasFailed);
    /// What is done now; \a total is not positive while it is unknown.
    void showStep(const QString &what, qint64 done, qint64 total);
    void setPaused(bool isPaused);
    /// What there is to know of a run that goes on.
    [[nodiscard]] RunDetails &details() const noexcept { return *m_details; }

signals:
    void stopRequested();
    void exportRequested();
    void backupFolderRequested();
    void restoreRequested();
    void planRequested();
    void retryRequested();
    void deletionRequested();

private:
    void showWhat();
    QPushButton *add(const QString &name, const QString &text, void (CleanupFoot::*signal)());

    RunDetails *m_details;
    QPushButton *m_export;
    QPushButton *m_openBackup;
    QLabel *m_what;
    QString m_step; ///< What it says unless the run is paused.
    bool m_isPaused = false;
    QProgressBar *m_progress;
    QPushButton *m_stop;
    QPushButton *m_restore;
    QPushButton *m_retry;
    QPushButton *m_again;
    QPushButton *m_delete;
};

} // namespace Longshore::Ui
