// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/putmanifestjob.h"

namespace Longshore {

/// A manifest that is in the registry.
struct PushedManifest
{
    Digest digest;
    /// What kept it from being listed among what refers to its subject; nothing for most.
    std::optional<Error> listError = {};
};

/// Brings a manifest into a repository. One that refers to another is also listed there, where the
/// registry does not do that by itself. What the manifest is made of must be there already.
class PushManifestJob final : public ResultJob<PushedManifest>
{
    Q_OBJECT

public:
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
