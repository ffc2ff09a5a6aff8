// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/repositorysnapshot.h"
#include "core/oci/manifest.h"

namespace Longshore {

class RegistrySession;

/// A tag that shall go while its manifest and the other tags of that stay.
struct TagRemoval
{
    /// What may be done where the simple way does not exist.
    enum class Placeholder {
        Never, ///< Nothing: the job fails as Unsupported.
        /// Where the registry cannot remove a tag alone: an empty image is put under the tag and
        /// then deleted. Who pulls the tag in between gets that.
        Allowed,
    };

    RepositorySnapshot snapshot; ///< Complete, and fresh: the other tags are taken from it.
    Tag tag; ///< The one that goes.
    /// What the user has agreed to.
    Placeholder placeholder = Placeholder::Never;
};

/// How a tag was removed.
struct RemovedTag
{
    /// By one request, or by a placeholder that was deleted.
    enum class Method { Native, Placeholder };

    Digest digest; ///< What the tag pointed to, which is still there.
    Method method = Method::Native; ///< Which of them it was.
};

/// Removes one tag, and proves that nothing else went with it: afterwards the tag must be gone, and
/// every other tag of the manifest must still be there. One that is not is put back, and the job
/// fails as changed; then the method must not be used on this registry again.
///
/// Whoever removes many runs one first, and the others only when that has succeeded. Fails as
/// DeleteTagJob and DisplaceTagJob; as Changed also when the tag has moved since the snapshot.
class RemoveTagJob final : public ResultJob<RemovedTag>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    RemoveTagJob(RegistrySession &session, const TagRemoval &removal, QObject *parent = nullptr);

private:
    using Method = RemovedTag::Method;

    void doStart() override;
    void removeNatively();
    void displace();
    void checkTag();
    void checkNextSibling();
    void putBack(const Tag &tag);

    RegistrySession &m_session;
    TagRemoval m_removal;
    std::optional<Manifest> m_manifest; ///< What the tag pointed to, should it be needed again.
    QList<Tag> m_siblings; ///< Not yet looked at.
    Method m_method = Method::Native;
};

} // namespace Longshore
