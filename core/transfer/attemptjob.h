// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/transfertask.h"

namespace Longshore {

/// One attempt of a transfer: does what another job does, and tells what it brought as transfers do.
template <typename Brought>
class AttemptJob final : public ResultJob<TransferOutcome>
{
public:
    /// Says of what the job has brought what a transfer says.
    using Tell = std::function<TransferOutcome(const Brought &)>;

    /// \a job becomes a part of this one.
    AttemptJob(ResultJob<Brought> *job, Tell tell, QObject *parent)
        : ResultJob(parent), m_job(job), m_tell(std::move(tell))
    {
        m_job->setParent(this);
    }

    /// Keeps something for as long as the attempt exists, and so also while what it has begun is given
    /// up.
    void hold(std::shared_ptr<const void> kept) { m_kept = std::move(kept); }

private:
    void doStart() override
    {
        connect(m_job, &Job::progressChanged, this, &Job::progressChanged);
        runChild(m_job, [this](const Result<Brought> &brought) {
            if (brought)
                succeed(m_tell(*brought));
            else
                fail(brought.error());
        });
    }

    ResultJob<Brought> *m_job;
    const Tell m_tell;
    std::shared_ptr<const void> m_kept;
};

} // namespace Longshore
