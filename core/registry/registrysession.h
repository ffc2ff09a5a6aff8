// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/registryauthorizer.h"
#include "core/http/httpclient.h"
#include "core/registry/blobexistsjob.h"
#include "core/registry/pingjob.h"
#include "core/registry/probecapabilityjob.h"
#include "core/registry/pushmanifestjob.h"
#include "core/registry/registryaddress.h"
#include "core/registry/uploadturns.h"
#include "core/session/session.h"

namespace Longshore {

/// A connection to a registry over HTTP.
class RegistrySession final : public Session
{
    Q_OBJECT

public:
    /// \a scheme is "https" or "http": OpenRegistryJob finds out which. Asks nothing by itself.
    RegistrySession(Network &network, const RegistryAddress &address, const QString &scheme,
                    const HttpSettings &settings = {}, QObject *parent = nullptr);

    [[nodiscard]] QString host() const override { return m_address.host; }
    [[nodiscard]] bool isEncrypted() const;
    [[nodiscard]] const HttpClient &client() const noexcept { return m_client; }
    [[nodiscard]] HttpClient &client() noexcept { return m_client; }
    [[nodiscard]] const RegistryUrls &urls() const noexcept { return m_urls; }
    [[nodiscard]] UploadTurns &uploadTurns() noexcept { return m_uploadTurns; }

    void setCredentials(const Credentials &credentials);
    /// Asked before the sign-in goes to a token server on another site; null refuses that.
    void setTokenServerConsent(std::shared_ptr<TokenServerConsent> consent)
    {
        m_authorizer.setTokenServerConsent(std::move(consent));
    }
    [[nodiscard]] const Credentials &credentials() const { return m_authorizer.credentials(); }
    /// Whether others on the way to the registry can read the sign-in.
    [[nodiscard]] bool signsInOpenly() const;

    /// What is known of the registry by now.
    [[nodiscard]] const RegistryCapabilities &capabilities() const { return m_capabilities; }
    /// Finds it out, unless it is known, and remembers it until the credentials change.
    [[nodiscard]] ResultJob<Support> *probe(const CapabilityProbe &probe);

    /// A job that goes on though whoever wanted it is gone, such as one that gives up an upload;
    /// null for none.
    [[nodiscard]] Job *unownedJob() const;

    [[nodiscard]] PingJob *ping();
    /// Succeeds when the registry lets the credentials in.
    [[nodiscard]] ResultJob<Done> *checkSignIn();
    [[nodiscard]] ListNamesJob *listRepositories() override;
    [[nodiscard]] ListNamesJob *listTags(const RepositoryName &repository) override;
    [[nodiscard]] ResultJob<Descriptor> *resolve(const RepositoryName &repository,
                                                 const Reference &reference,
                                                 Priority priority) override;
    [[nodiscard]] ResultJob<Manifest> *fetchManifest(const RepositoryName &repository,
                                                     const Reference &reference,
                                                     Priority priority) override;
    [[nodiscard]] ResultJob<QByteArray> *
    fetchBlob(const RepositoryName &repository, const Descriptor &blob, Priority priority) override;
    [[nodiscard]] ResultJob<Done> *readBlob(const RepositoryName &repository, const Digest &digest,
                                            std::shared_ptr<ByteSink> sink, qint64 offset) override;
    [[nodiscard]] ResultJob<BlobPresence> *blobExists(const RepositoryName &repository,
                                                      const Digest &digest);
    /// What refers to the manifest, such as signatures; all of it, or that of one type.
    [[nodiscard]] ResultJob<QList<Descriptor>> *listReferrers(const RepositoryName &repository,
                                                              const Digest &digest,
                                                              const QString &artifactType = {});
    /// Stores exactly the bytes of the manifest, and lists it where it refers to another.
    [[nodiscard]] ResultJob<PushedManifest> *pushManifest(const RepositoryName &repository,
                                                          const Reference &reference,
                                                          const Manifest &manifest);
    /// Removes the tag alone, where the registry can do that.
    [[nodiscard]] ResultJob<Done> *deleteTag(const RepositoryName &repository, const Tag &tag);
    [[nodiscard]] ResultJob<Done> *deleteBlob(const RepositoryName &repository,
                                              const Digest &digest);
    /// Removes the manifest and with it every tag that points to it.
    [[nodiscard]] ResultJob<Done> *deleteManifest(const RepositoryName &repository,
                                                  const Digest &digest);

private:
    RegistryAddress m_address;
    RegistryUrls m_urls;
    HttpClient m_client;
    RegistryAuthorizer m_authorizer;
    UploadTurns m_uploadTurns;
    RegistryCapabilities m_capabilities;
};

} // namespace Longshore
