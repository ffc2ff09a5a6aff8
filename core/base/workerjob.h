// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mailbox.h"
#include "core/base/resultjob.h"

#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace Longshore {

/// Seen by the worker: whether anybody still wants the answer.
using CancelFlag = std::atomic<bool>;

/// Runs a function on the thread pool and hands its result back to the thread of the job.
///
/// The function gets a flag that it must look at between pieces of work; it may touch nothing
/// but its own copies.
template <typename T>
class WorkerJob final : public ResultJob<T>
{
public:
    /// Called once, on a thread of the pool.
    using Work = std::function<Result<T>(const CancelFlag &cancelled)>;

    /// \a work starts with the job, when the pool has a thread for it.
    explicit WorkerJob(Work work, QObject *parent = nullptr)
        : ResultJob<T>(parent), m_work(std::move(work))
    {}
    /// Sets the flag, and does not wait for the function.
    ~WorkerJob() override { WorkerJob::releaseResources(); }

private:
    void doStart() override
    {
        QThreadPool::globalInstance()->start(
            [this, work = std::move(m_work), cancelled = m_cancelled, home = m_mailbox.address()] {
                // Behind a shared pointer, because a std::function must be copyable.
                auto result = std::make_shared<Result<T>>(
                    cancelled->load() ? Result<T>(Error::cancelled()) : work(*cancelled));
                home.post([this, result] { deliver(*result); });
            });
    }

    // `this` is only used from the mailbox, which dies with the job.
    void deliver(Result<T> &result)
    {
        if (!this->isRunning())
            return;
        if (result)
            this->succeed(*std::move(result));
        else
            this->fail(result.error());
    }

    void releaseResources() override { m_cancelled->store(true); }

    Work m_work;
    std::shared_ptr<CancelFlag> m_cancelled = std::make_shared<CancelFlag>(false);
    Mailbox m_mailbox;
};

} // namespace Longshore
