// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/fetchmanifestjob.h"

namespace Longshore {

/// HEAD of a manifest: what a reference points to, without reading it. OCI distribution-spec,
/// "Checking if content exists in the registry".
///
/// Where HEAD is refused or tells no digest, GET decides: some registries do not know HEAD, or
/// answer it wrongly. Docker Hub counts GET as a pull, so HEAD comes first. Fails as
/// FetchManifestJob.
class ResolveJob final : public ResultJob<Descriptor>
{
    Q_OBJECT

public:
    /// Asks for the right to pull from the repository of \a target.
    ResolveJob(HttpClient &client, const ManifestTarget &target, QObject *parent = nullptr);

private:
    void doStart() override;
    void fetchInstead();

    HttpClient &m_client;
    ManifestTarget m_target;
};

} // namespace Longshore
