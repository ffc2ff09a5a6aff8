// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/runprogress.h"
#include "ui/presenters/runclock.h"

#include <QPointer>
#include <QTimer>

namespace Longshore {
class RunCleanupJob;
}

namespace Longshore::Ui {

/// What a deletion or clean-up is busy with and has come to, for whoever looks at it, and what pauses
/// and stops it. One run may consist of several jobs, one behind the other.
class RunWatch final : public QObject
{
    Q_OBJECT

public:
    explicit RunWatch(QObject *parent = nullptr);

    void begin();
    /// The job that carries out the next part; before its start.
    void follow(RunCleanupJob *job);
    void end();

    /// Begins nothing further until resume().
    void pause();
    void resume();
    /// Ends the run behind what is being dealt with.
    void stop();

    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// Whether somebody wants that, though the current item may not be over yet.
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    /// Whether it ends behind what is being dealt with.
    [[nodiscard]] bool isStopping() const { return m_isRunning && m_isStopped; }
    /// "Checking 1.4.2"
    [[nodiscard]] QString step() const;
    /// "12 deleted, 1 skipped, 0 failed, 0:42"
    [[nodiscard]] QString counts() const;
    /// Without pauses, since the first backup was there; nothing before.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> sinceBackup() const;

signals:
    void changed();

private:
    void handleStep(const RunProgress &progress);

    QPointer<RunCleanupJob> m_job;
    RunProgress m_earlier; ///< What the jobs before have come to.
    RunProgress m_progress;
    RunClock m_clock;
    std::optional<std::chrono::nanoseconds> m_saved; ///< When the backup was there.
    QTimer m_tick; ///< Time passes also where nothing happens.
    bool m_isRunning = false;
    bool m_isPaused = false;
    bool m_isStopped = false;
};

} // namespace Longshore::Ui
