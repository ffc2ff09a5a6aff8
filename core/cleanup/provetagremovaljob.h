// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/removetagjob.h"

#include <QPointer>

#include <functional>

namespace Longshore {

/// Finds out whether a registry removes a tag alone, where nobody knows every tag of a repository:
/// puts an empty image under two tags that nobody has, removes one of them as RemoveTagJob does,
/// and deletes the image. What came of it is remembered for the session, as of any other removal.
///
/// Changes nothing where nothing can be deleted: fails as Unsupported. Fails as PushManifestJob and
/// RemoveTagJob; when the image could not be deleted again, the message names its tags. What was put
/// there is removed also when the job is cancelled, by a job of the session.
class ProveTagRemovalJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// \a removal says where, and what may be done; the image is of the family of \a manifest,
    /// which that repository has. \a session must outlive the job.
    ProveTagRemovalJob(RegistrySession &session, const TagRemoval &removal,
                       const Manifest &manifest, QObject *parent = nullptr);

    /// Told, once the session is through with it, what a cancelled job has left there and under which
    /// tags; not called where nothing is left. Before start().
    void setReport(std::function<void(const QString &)> report) { m_report = std::move(report); }

private:
    void doStart() override;
    void releaseResources() override;
    void push();
    void pushNext();
    void remove();
    void cleanUp(const Result<Done> &outcome);

    QPointer<RegistrySession> m_session;
    TagRemoval m_removal; ///< Of one of our own tags, in time.
    Manifest m_manifest; ///< An empty one, in time.
    QList<Tag> m_tags;
    std::function<void(const QString &)> m_report;
    qsizetype m_pushed = 0; ///< How many of the tags there may be.
};

} // namespace Longshore
