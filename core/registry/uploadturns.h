// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/oci/reference.h"

#include <QHash>
#include <QPointer>

namespace Longshore {

/// Who brings which blob into which repository at the moment, so that nobody sends the same bytes
/// beside him.
class UploadTurns
{
public:
    /// The job that has the turn; null for none.
    [[nodiscard]] Job *holder(const RepositoryName &repository, const Digest &blob) const
    {
        Job *job = m_holders.value({repository.toString(), blob.toString()});
        return job && !job->isFinished() ? job : nullptr;
    }
    /// From now on \a job has the turn, until it has finished.
    void take(const RepositoryName &repository, const Digest &blob, Job *job)
    {
        m_holders.removeIf([](const auto &holder) { return holder.value().isNull(); });
        m_holders.insert({repository.toString(), blob.toString()}, job);
    }

private:
    QHash<QPair<QString, QString>, QPointer<Job>> m_holders;
};

} // namespace Longshore
