// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/partsauthorizer.h"
#include "core/http/httpclient.h"
#include "core/registry/blobexistsjob.h"
#include "core/registry/pingjob.h"
#include "core/registry/probecapabilityjob.h"
#include "core/registry/pushmanifestjob.h"
#include "core/registry/registryaddress.h"
#include "core/registry/registryvendor.h"
#include "core/registry/startuploadjob.h"
#include "core/registry/uploadturns.h"
#include "core/session/session.h"

namespace Longshore {

/// A connection to a registry over HTTP.
///
/// Lives in the thread that made it, as its jobs do. These fail as HttpJob, and as the classes say
/// that do the work: ResolveJob, FetchManifestJob, PushManifestJob and so on.
class RegistrySession final : public Session
{
    Q_OBJECT

public:
    /// \a scheme is "https" or "http": OpenRegistryJob finds out which. Asks nothing by itself.
    /// \a network must outlive the session.
    RegistrySession(Network &network, const RegistryAddress &address, const QString &scheme,
                    const HttpSettings &settings = {}, QObject *parent = nullptr);

    [[nodiscard]] QString host() const override { return m_address.host; }
    /// Whether requests go over TLS.
    [[nodiscard]] bool isEncrypted() const;
    /// @{
    /// Through which the jobs of this session ask; for jobs of your own. Belongs to the session.
    [[nodiscard]] const HttpClient &client() const noexcept { return m_client; }
    [[nodiscard]] HttpClient &client() noexcept { return m_client; }
    /// @}
    /// Where the registry is.
    [[nodiscard]] const RegistryUrls &urls() const noexcept { return m_urls; }
    /// Who sends which blob; for jobs that upload.
    [[nodiscard]] UploadTurns &uploadTurns() noexcept { return m_uploadTurns; }

    /// Signs in anew, with the next request that is asked to. Nothing is sent by this.
    void setCredentials(const Credentials &credentials);
    /// The same with what FindCredentialsJob has found: parts of the registry may have accounts of
    /// their own, and what is for a part never goes with a request for another.
    void setAccount(const FoundCredentials &account);
    /// Asked before the sign-in goes to a token server on another site; null refuses that.
    void setTokenServerConsent(const std::shared_ptr<TokenServerConsent> &consent)
    {
        m_authorizer.setTokenServerConsent(consent);
    }
    /// Another one whenever somebody signs in anew, to the whole or to a part: what was found out
    /// under another number says nothing about who is signed in now.
    [[nodiscard]] int signInNumber() const noexcept { return m_signInNumber; }
    /// Who is signed in, where, and where that was found; as it was set. Holds secrets.
    [[nodiscard]] const FoundCredentials &account() const { return m_authorizer.account(); }
    /// For the whole registry; empty for anonymous access.
    [[nodiscard]] const Credentials &credentials() const { return account().credentials; }
    /// Those that requests for \a repository are made with.
    [[nodiscard]] const Credentials &credentialsFor(const RepositoryName &repository) const;
    /// Where credentials() came from; CredentialSource::toString() says it in words. Holds no secret.
    [[nodiscard]] const CredentialSource &credentialSource() const { return account().source; }
    /// The same of credentialsFor().
    [[nodiscard]] const CredentialSource &
    credentialSourceFor(const RepositoryName &repository) const;
    /// Whether others on the way to the registry can read the sign-in.
    [[nodiscard]] bool signsInOpenly() const;

    /// Who made the registry, as far as that was told when it was pinged.
    [[nodiscard]] RegistryVendor vendor() const noexcept { return m_vendor; }
    /// What is known of the registry by now.
    [[nodiscard]] const RegistryCapabilities &capabilities() const { return m_capabilities; }
    /// Takes what an earlier session knew as hints; see RegistryCapabilities::recall().
    void recallCapabilities(const QJsonObject &earlier) { m_capabilities.recall(earlier); }
    /// Finds it out, unless it is proven, and remembers it until the credentials change.
    [[nodiscard]] ResultJob<Support> *probe(const CapabilityProbe &probe);

    /// A job that goes on though whoever wanted it is gone, such as one that gives up an upload;
    /// null for none.
    [[nodiscard]] Job *unownedJob() const;

    /// Whether this is a registry, and how it wants to be signed in to.
    [[nodiscard]] PingJob *ping();
    /// Succeeds when the registry lets the credentials in; fails as Unauthorized when it does not.
    [[nodiscard]] ResultJob<Done> *checkSignIn();
    /// As Session says. Many registries keep no such list, or keep it to themselves: the job then
    /// fails as Unsupported, Forbidden or Unauthorized. Docker's "Listing Repositories"; not a part
    /// of OCI's specification.
    [[nodiscard]] ListNamesJob *listRepositories() override;
    /// As Session says. OCI distribution-spec, "Listing Tags".
    [[nodiscard]] ListNamesJob *listTags(const RepositoryName &repository) override;
    [[nodiscard]] ResultJob<Descriptor> *resolve(const RepositoryName &repository,
                                                 const Reference &reference,
                                                 Priority priority) override;
    [[nodiscard]] ResultJob<Manifest> *fetchManifest(const RepositoryName &repository,
                                                     const Reference &reference,
                                                     Priority priority) override;
    [[nodiscard]] ResultJob<QByteArray> *
    fetchBlob(const RepositoryName &repository, const Descriptor &blob, Priority priority) override;
    [[nodiscard]] ResultJob<Done> *readBlobPart(const RepositoryName &repository,
                                                const Digest &digest,
                                                std::shared_ptr<ByteSink> sink,
                                                qint64 offset) override;
    /// A manifest to be kept as it is, checked against its digest: up to 64 MiB, and an OpaqueManifest
    /// where it cannot be understood.
    [[nodiscard]] ResultJob<Manifest> *fetchDocument(const RepositoryName &repository,
                                                     const Reference &reference);
    /// Whether \a repository has the blob, and how large it is.
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
    /// Begins an upload into \a repository, or takes the blob from another one. What StartUploadJob
    /// says.
    [[nodiscard]] ResultJob<StartedUpload> *
    startUpload(const RepositoryName &repository,
                const std::optional<StartUploadJob::Mount> &mount = {});
    /// Removes the tag alone, where the registry can do that; fails as Unsupported elsewhere.
    [[nodiscard]] ResultJob<Done> *deleteTag(const RepositoryName &repository, const Tag &tag);
    /// Removes the blob, and breaks every image of \a repository that is made of it.
    [[nodiscard]] ResultJob<Done> *deleteBlob(const RepositoryName &repository,
                                              const Digest &digest);
    /// Removes the manifest and with it every tag that points to it. Asks nobody: DeleteTagsJob
    /// does it with foresight.
    [[nodiscard]] ResultJob<Done> *deleteManifest(const RepositoryName &repository,
                                                  const Digest &digest);

signals:
    /// Something else is known of the registry than before.
    void capabilitiesChanged();

private:
    void note(Capability capability, Support support);
    void hint(Capability capability, Support support);
    /// What a refusal tells of whether the registry does that at all.
    void learn(Capability capability, ResultJob<Done> *job);

    RegistryAddress m_address;
    RegistryUrls m_urls;
    HttpClient m_client;
    PartsAuthorizer m_authorizer;
    int m_signInNumber = 0;
    UploadTurns m_uploadTurns;
    RegistryCapabilities m_capabilities;
    RegistryVendor m_vendor; ///< As far as it has told.
};

} // namespace Longshore
