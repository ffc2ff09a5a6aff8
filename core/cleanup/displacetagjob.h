// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/oci/manifest.h"
#include "core/oci/reference.h"

#include <QPointer>

namespace Longshore {

class RegistrySession;

/// Takes a tag away from its manifest where the registry only deletes by digest: puts a manifest
/// under the tag that exists nowhere else, and deletes that by its digest.
///
/// First it makes sure that the registry deletes at all, unless that is known, and right before it
/// writes, that the tag is still what it was. When the deletion fails, or the job is cancelled
/// before it, the tag gets its own manifest back at once. Who pulls the tag in between gets an
/// empty image.
///
/// Fails as PushManifestJob and DeleteManifestJob; as Changed when the tag has moved, also while the
/// placeholder was there: then it stays where it is; as
/// Unsupported for manifests that have no empty form.
class DisplaceTagJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// \a manifest is what \a tag points to; the job fails as Changed when it no longer does.
    DisplaceTagJob(RegistrySession &session, const RepositoryName &repository, const Tag &tag,
                   const Manifest &manifest, QObject *parent = nullptr);

    /// Whether a placeholder was deleted in this repository before, in the same session. Before
    /// start().
    void setDeletionProven(bool isProven) { m_isDeletionProven = isProven; }

    /// Whether nothing has to be put back when this is cancelled; see TagRemoval::isOwn. Before start().
    void setOwn(bool isOwn) { m_isOwn = isOwn; }

private:
    void doStart() override;
    void releaseResources() override;
    void probeDeletion();
    void lookAgain();
    void putPlaceholder();
    void deletePlaceholder(const Digest &digest);
    void undo(const Error &reason);
    void putBack(const Error &reason);

    QPointer<RegistrySession> m_session;
    RepositoryName m_repository;
    Tag m_tag;
    Manifest m_manifest;
    std::optional<Digest> m_placeholder; ///< Once it may be there.
    bool m_isDeletionProven = false;
    bool m_isOwn = false;
    bool m_isDisplaced = false; ///< Or may be.
};

/// An empty manifest of the same family as \a manifest, which says by whom and for which tag it
/// was made; \a nonce makes it unlike every other. Nothing for families that have none.
[[nodiscard]] std::optional<Manifest> placeholderFor(const Manifest &manifest, const Tag &tag,
                                                     const QString &nonce);

} // namespace Longshore
