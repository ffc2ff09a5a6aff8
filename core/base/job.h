// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

/// A client library for container registries.
///
/// Almost everything that can fail gives a Result; what takes time is a Job. Where a comment says
/// "nothing", an empty std::optional is meant.
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
    /// Does nothing before start(). Who gives no \a parent deletes a job that is never started.
    explicit Job(QObject *parent = nullptr);

    /// Begins, from the event loop. May be called once, by whoever made the job; a job that was
    /// cancelled before stays so.
    void start();
    /// Ends the job, and every job that it runs, with Error::Kind::Cancelled. May be called at
    /// any time, also before start() and more than once.
    void cancel();
    /// Whether the job has its result; finished() may still be on its way.
    [[nodiscard]] bool isFinished() const noexcept { return m_phase == Phase::Finished; }

signals:
    /// In bytes or items, as the job says; \a total is -1 while it is unknown.
    void progressChanged(qint64 done, qint64 total);
    /// The job has ended, one way or the other. It deletes itself afterwards.
    void finished();

protected:
    /// The work. Called once, from the event loop; must in the end lead to fail() or
    /// markFinished().
    virtual void doStart() = 0;
    /// Ends the job with \a error.
    virtual void fail(const Error &error) = 0;
    /// Stops what children cannot: a reply, a file, a worker.
    virtual void releaseResources() {}

    /// Whether start() was called and the job has not ended.
    [[nodiscard]] bool isRunning() const noexcept { return m_phase == Phase::Running; }
    /// Ends the job: calls releaseResources() at once, and emits finished() from the event loop.
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
