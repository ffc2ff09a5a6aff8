// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/jobqueue.h"
#include "core/base/resultjob.h"
#include "core/oci/manifest.h"
#include "core/oci/reference.h"
#include "core/registry/registryurls.h"

namespace Longshore {

class HttpClient;
struct HttpResponse;

/// What a manifest job works on.
struct ManifestTarget
{
    RegistryUrls urls;
    RepositoryName repository;
    Reference reference;
    JobQueue::Priority priority = JobQueue::Priority::Interactive;
};

/// GET of a manifest. OCI distribution-spec, "Pulling manifests".
///
/// The bytes must hash to the digest that was asked for; for a tag, to the one that the registry
/// announces.
class FetchManifestJob final : public ResultJob<Manifest>
{
    Q_OBJECT

public:
    FetchManifestJob(HttpClient &client, const ManifestTarget &target, QObject *parent = nullptr);

private:
    void doStart() override;
    void handleAnswer(const HttpResponse &response);
    [[nodiscard]] Result<Done> verify(const Manifest &manifest, const HttpResponse &response) const;

    HttpClient &m_client;
    ManifestTarget m_target;
};

} // namespace Longshore
