// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/putmanifestjob.h"

namespace Longshore {

/// A manifest that is in the registry.
struct PushedManifest
{
    Digest digest; ///< By our own count.
    /// What kept it from being listed among what refers to its subject; nothing for most.
    std::optional<Error> listError = {};
};

/// Brings a manifest into a repository. One that refers to another is also listed there, where the
/// registry does not do that by itself. What the manifest is made of must be there already. OCI
/// distribution-spec, "Pushing Manifests with Subject". Fails as PutManifestJob.
class PushManifestJob final : public ResultJob<PushedManifest>
{
    Q_OBJECT

public:
    /// Puts \a manifest under the reference of \a target, be it a tag or its own digest.
    PushManifestJob(HttpClient &client, const ManifestTarget &target, const Manifest &manifest,
                    QObject *parent = nullptr);

private:
    void doStart() override;
    void list(const Digest &subject);

    HttpClient &m_client;
    ManifestTarget m_target;
    Manifest m_manifest;
};

} // namespace Longshore
