// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "core/base/resultjob.h"
#include "core/cleanup/repositorysnapshot.h"
#include "core/oci/manifest.h"

namespace Longshore {

class RegistrySession;
class TagRemovalProof;

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

    /// Fresh, as the other tags are taken from it; and complete, unless the way to remove one is
    /// proven.
    RepositorySnapshot snapshot;
    Tag tag; ///< The one that goes.
    /// What the user has agreed to.
    Placeholder placeholder = Placeholder::Never;
    /// Nobody else has the tag, and whoever made it removes what is left when this is cancelled.
    bool isOwn = false;
    /// What the image stays for: a tag, and what that pointed to. Without it the tag does not go.
    std::optional<std::pair<Tag, Digest>> keeper = {};
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
/// every other tag of the manifest must still be there. Where that is not so, everything is put
/// back, the job fails as Changed, and that way is not gone again in the session. Where nothing is
/// proven yet, what was gone or moved right before the removal is somebody else's doing, and left as
/// it is.
///
/// What one removal has proven of a repository spares the next ones in the session the same
/// questions: they only make sure that the tag is gone and the manifest is there, and look at the
/// other tags when it is not. Only what is proven is done where the snapshot is not complete: else
/// the job fails as that says, and asks for nothing. Whoever removes many runs one first, and the
/// others only when that has succeeded. Fails as DeleteTagJob and DisplaceTagJob; as Changed also
/// when the tag or the keeper has moved since the snapshot, as Policy where tags went along before.
class RemoveTagJob final : public ResultJob<RemovedTag>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    RemoveTagJob(RegistrySession &session, const TagRemoval &removal, QObject *parent = nullptr);

    /// Once it has failed: whether that was because somebody has moved the tag, or has taken away what
    /// the image stays for. Nothing was sent.
    [[nodiscard]] bool hasMoved() const { return m_hasMoved; }

private:
    using Method = RemovedTag::Method;

    void doStart() override;
    void failAsMoved();
    void lookAtKeeper();
    void chooseMethod();
    void prepare(Method method);
    void lookAtSiblings();
    void lookAtTagAgain();
    void remove();
    void removeNatively();
    void displace();
    void checkTag();
    void checkManifest();
    void checkNextSibling();
    void putBack(const Tag &tag);
    void restoreTag();
    [[nodiscard]] bool isNeeded() const;
    void finish();
    [[nodiscard]] QString whatWentAlong() const;
    [[nodiscard]] std::optional<Error> objectionTo(Method method) const;
    [[nodiscard]] bool mayDisplace() const;
    [[nodiscard]] bool isProven() const;
    [[nodiscard]] const RepositoryName &repository() const { return m_removal.snapshot.repository; }

    RegistrySession &m_session;
    TagRemoval m_removal;
    TagRemovalProof &m_proof;
    const int m_signInNumber; ///< As whom this is done.
    std::optional<Manifest> m_manifest; ///< What the tag pointed to, should it be needed again.
    QList<Tag> m_siblings; ///< Not yet looked at.
    QList<Tag> m_takenAlong; ///< That had to be put back, the tag itself as the last of them.
    bool m_areSiblingsFresh = false; ///< They were there right before the removal.
    std::optional<Error> m_unread; ///< Why it is not known whether one of them was.
    std::optional<QString> m_trouble; ///< Why one of them was not.
    bool m_hasMoved = false;
    bool m_hasWitness = false; ///< A sibling is still what it was.
    Method m_method = Method::Native;
};

} // namespace Longshore
