// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/fetchmanifestjob.h"

namespace Longshore {

/// DELETE of a manifest by its digest, with every tag that points to it. OCI distribution-spec,
/// "Deleting manifests".
///
/// When the answer is lost the registry is asked what became of it; only what it then says counts.
/// Checks nothing else: that is the business of the room "cleanup". Fails as HttpJob; as
/// Unsupported where deletion is turned off or not known, as Network when the manifest is still
/// there after a lost answer, as Ambiguous when nobody can tell.
class DeleteManifestJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// \a digest must come from ResolveJob or a manifest: a registry that was asked with a shorter
    /// Accept list names a digest that it does not have.
    DeleteManifestJob(HttpClient &client, const RegistryUrls &urls,
                      const RepositoryName &repository, const Digest &digest,
                      QObject *parent = nullptr);

private:
    void doStart() override;
    void handleFailure(const Error &error);
    void askWhetherItIsThere(const Error &refusal);
    void askWhatHappened(const Error &lost);

    HttpClient &m_client;
    ManifestTarget m_target;
};

/// What the deletion of something that was never there tells of the right to delete: Done where it
/// was looked for and not found. Else the refusal; as Unsupported when nobody looked for it, or
/// when the registry says that it deleted it and cannot be relied on.
[[nodiscard]] Result<Done> judgeDeletionOfNothing(const Result<Done> &answer);
/// A refusal to delete by \a host, with what an administrator can do about it where deletion is turned
/// off, or what was to go is protected: then of kind Forbidden.
[[nodiscard]] Error explainedDeletion(const Error &refusal, const QString &host);
/// Whether the refusal is about this tag or image alone, which the server protects; others may go.
[[nodiscard]] bool isProtectedByServer(const Error &refusal);

} // namespace Longshore
