// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace Longshore {

struct Error;

/// One asynchronous operation: started once, finished once, then gone.
///
/// - finished() comes exactly once, always from the event loop: never out of start() or cancel().
/// - Deleting a running job stops it silently; its owner is its QObject parent.
/// - A finished job deletes itself once finished() has been delivered.
class Job : public QObject
{
    Q_OBJECT

public:
    explicit Job(QObject *parent = nullptr);

    void start();
    /// Ends the job, and every job that it runs, with Error::Kind::Cancelled. May be called at
    /// any time, also before start() and more than once.
    void cancel();
    [[nodiscard]] bool isFinished() const noexcept { return m_phase == Phase::Finished; }

signals:
    /// In bytes or items, as the job says; \a total is -1 while it is unknown.
    void progressChanged(qint64 done, qint64 total);
    void finished();

protected:
    virtual void doStart() = 0;
    virtual void fail(const Error &error) = 0;
    /// Stops what children cannot: a reply, a file, a worker.
    virtual void releaseResources() {}

    [[nodiscard]] bool isRunning() const noexcept { return m_phase == Phase::Running; }
    void markFinished();

    /// Makes \a child a part of this job without starting it (a queue does that);
    /// \a onResult runs only while this job still runs.
    template <typename ChildJob, typename Handler>
    void adoptChild(ChildJob *child, Handler &&onResult)
    {
        child->setParent(this);
        child->then(this, [this, onResult = std::forward<Handler>(onResult)](const auto &result) {
            if (isRunning())
                onResult(result);
        });
    }

    /// Starts \a child as a part of this job.
    template <typename ChildJob, typename Handler>
    void runChild(ChildJob *child, Handler &&onResult)
    {
        adoptChild(child, std::forward<Handler>(onResult));
        child->start();
    }

private:
    enum class Phase { Idle, Running, Finished };

    Phase m_phase = Phase::Idle;
};

} // namespace Longshore
