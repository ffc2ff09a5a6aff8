// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/fetchmanifestjob.h"

namespace Longshore {

/// What a registry said when it took a manifest.
struct StoredManifest
{
    Digest digest; ///< By our own count.
    /// Whether it lists the manifest among what refers to its subject (OCI-Subject names that one);
    /// else that is the business of clients.
    bool listsReferrer = false;
};

/// PUT of a manifest, with exactly its bytes and its media type. OCI distribution-spec, "Pushing
/// Manifests".
///
/// Succeeds when the registry names the digest that we have counted ourselves. When it names none,
/// another one, or when its answer is lost, it is asked what it has by now; where a gateway gave the
/// answer and there is nothing, the manifest is put once more.
///
/// Fails as HttpJob; as DigestMismatch when the manifest has not the digest under which it is to be
/// put, or the registry has made another one of it; as Network when it has not got it.
class PutManifestJob final : public ResultJob<StoredManifest>
{
    Q_OBJECT

public:
    /// Puts \a manifest under the reference of \a target, be it a tag or its own digest.
    PutManifestJob(HttpClient &client, const ManifestTarget &target, const Manifest &manifest,
                   QObject *parent = nullptr);

    /// Lets the registry refuse when what it has is no longer what was read with this ETag: status
    /// 412. RFC 9110, 13.1.1. Registries may ignore it. Before start().
    void setExpectedEntity(const QByteArray &entityTag) { m_expectedEntity = entityTag; }

private:
    void doStart() override;
    void put();
    void handleAnswer(const HttpResponse &response);
    void readBack(const Error &doubt);
    void judge(const Result<Descriptor> &found, const Error &doubt);
    [[nodiscard]] bool isOurs(const Digest &digest) const;

    HttpClient &m_client;
    ManifestTarget m_target;
    Manifest m_manifest;
    QByteArray m_expectedEntity;
    bool m_listsReferrer = false;
    bool m_hasPutAgain = false;
};

} // namespace Longshore
