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
    enum class Placeholder {
        Never,
        /// Where the registry cannot remove a tag alone: an empty image is put under the tag and
        /// then deleted. Who pulls the tag in between gets that.
        Allowed,
    };

    RepositorySnapshot snapshot; ///< Complete, and fresh: the other tags are taken from it.
    Tag tag;
    Placeholder placeholder = Placeholder::Never;
};

/// How a tag was removed.
struct RemovedTag
{
    enum class Method { Native, Placeholder };

    Digest digest; ///< What it pointed to.
    Method method = Method::Native;
};

/// Removes one tag, and proves that nothing else went with it: afterwards the tag must be gone, and
/// every other tag of the manifest must still be there. One that is not is put back, and the job
/// fails as changed; then the method must not be used on this registry again.
///
/// Whoever removes many runs one first, and the others only when that has succeeded.
class RemoveTagJob final : public ResultJob<RemovedTag>
{
    Q_OBJECT

public:
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
