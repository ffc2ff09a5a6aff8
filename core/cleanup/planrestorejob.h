// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/restoreplan.h"
#include "core/registry/checkblobjob.h"

namespace Longshore {

class RegistrySession;

/// Where a backup shall go, and what of it.
struct RestoreTarget
{
    RepositoryName repository; ///< Usually that of the backup.
    /// A tag, or a manifest with all its tags; nothing for everything.
    std::optional<Reference> only = {};
};

/// Finds out what can come back of a backup, and changes nothing: what the tags point to now, which
/// manifests are still there, and whether the registry can really hand out each blob.
///
/// Looks with the right to write, so that who has not got it knows before anything is sent. Fails as
/// ResolveJob and CheckBlobJob; as NotFound when the backup has nothing of that name. Progress
/// counts tags, manifests and blobs.
class PlanRestoreJob final : public ResultJob<RestorePlan>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    PlanRestoreJob(RegistrySession &session, const Backup &backup, const RestoreTarget &target,
                   QObject *parent = nullptr);

private:
    void doStart() override;
    void handlePlace(const Reference &reference, const Result<Descriptor> &found);
    void lookForParts();
    void lookForManifests(const QSet<Digest> &digests);
    void lookForBlobs();
    [[nodiscard]] ResultJob<BlobCondition> *lookFor(const Descriptor &blob);
    void handleBlob(const Descriptor &blob, const Result<BlobCondition> &condition);
    void lookIntoBackup();
    void conclude(const QSet<Digest> &saved);
    void countStep();

    RegistrySession &m_session;
    RestorePlan m_plan;
    QHash<Reference, Descriptor> m_current;
    QHash<Digest, QList<Descriptor>> m_blobs; ///< Of each manifest that may come back.
    QHash<Digest, BlobToRestore> m_missing; ///< From the registry.
    qint64 m_done = 0;
    qint64 m_total = 0;
};

} // namespace Longshore
