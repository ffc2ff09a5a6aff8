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
    RegistryUrls urls; ///< Of the registry.
    RepositoryName repository; ///< Where it is, or shall be.
    Reference reference; ///< By which name.
    /// Who waits for it.
    JobQueue::Priority priority = JobQueue::Priority::Interactive;
};

/// GET of a manifest. OCI distribution-spec, "Pulling manifests".
///
/// The bytes must hash to the digest that was asked for; for a tag, to the one that the registry
/// announces, if it does. The signatures of a signed one (schema 1) must hold, unless the document
/// need not be understood; who signed is not looked at. Fails as HttpJob and as parseManifest(); as
/// DigestMismatch, also for a signature, or as Unsupported when there is no way to check such a
/// digest. TooLarge beyond 4 MiB, or 64 MiB where the document need not be understood.
class FetchManifestJob final : public ResultJob<Manifest>
{
    Q_OBJECT

public:
    /// Which documents are taken.
    enum class Taken {
        OnlyManifests, ///< What parseManifest() accepts, with signatures that hold.
        AnySignature, ///< What parseManifest() accepts, whoever signed it.
        AnyDocument, ///< To be kept as it is; an OpaqueManifest when it is none of those.
    };

    /// Asks for the right to pull from the repository of \a target.
    FetchManifestJob(HttpClient &client, const ManifestTarget &target, Taken taken,
                     QObject *parent = nullptr);
    /// Takes manifests.
    FetchManifestJob(HttpClient &client, const ManifestTarget &target, QObject *parent = nullptr)
        : FetchManifestJob(client, target, Taken::OnlyManifests, parent)
    {}

private:
    void doStart() override;
    void handleAnswer(const HttpResponse &response);
    [[nodiscard]] Error mismatch() const;
    [[nodiscard]] Result<Done> verify(const Manifest &manifest, const HttpResponse &response) const;
    [[nodiscard]] Result<Done> verifySignatures(const Manifest &manifest) const;

    HttpClient &m_client;
    ManifestTarget m_target;
    Taken m_taken;
    qint64 m_mostBytes;
};

} // namespace Longshore
