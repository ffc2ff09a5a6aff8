// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/oci/descriptor.h"
#include "core/oci/reference.h"

namespace Longshore {

class RegistrySession;

/// DELETE of a manifest of which every tag shall go, as somebody has made sure just now. Google's
/// servers refuse that as long as a tag points to it: there its tags go first, one after the other,
/// each looked up right before. Nexus goes on listing the tags of what it has deleted: there
/// those are removed behind it that are listed and lead nowhere. Where it refuses that, they stay listed.
///
/// Fails as DeleteManifestJob; as Changed when a tag has moved, and nothing is removed yet; as
/// Ambiguous when tags are gone by then, and the manifest is not.
class DeleteGroupJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// \a tags are all that point to the manifest. \a session must outlive the job.
    DeleteGroupJob(RegistrySession &session, const RepositoryName &repository, const Digest &digest,
                   const QList<Tag> &tags);

private:
    void doStart() override;
    void removeNextTag();
    void removeTag(const Tag &tag);
    void deleteUntagged();
    void findListed();
    void removeNextListed();
    void giveUp(const Error &error);

    RegistrySession &m_session;
    RepositoryName m_repository;
    Digest m_digest;
    QList<Tag> m_tags; ///< Not yet removed.
    QList<Tag> m_listed; ///< Of what is deleted.
    bool m_hasRemoved = false; ///< A tag.
};

} // namespace Longshore
