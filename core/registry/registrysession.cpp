// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"

#include "core/base/displaytext.h"
#include "core/base/settledjob.h"
#include "core/http/httpjob.h"
#include "core/registry/checksigninjob.h"
#include "core/registry/deleteblobjob.h"
#include "core/registry/deletemanifestjob.h"
#include "core/registry/deletetagjob.h"
#include "core/registry/fetchblobjob.h"
#include "core/registry/fetchmanifestjob.h"
#include "core/registry/listreferrersjob.h"
#include "core/registry/pagedlistjob.h"
#include "core/registry/readblobjob.h"
#include "core/registry/resolvejob.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

template <typename SpecificJob>
SpecificJob *ownedBy(QObject *parent, SpecificJob *job)
{
    job->setParent(parent);
    return job;
}

} // namespace

RegistrySession::RegistrySession(Network &network, const RegistryAddress &address,
                                 const QString &scheme, const HttpSettings &settings,
                                 QObject *parent)
    : Session(parent)
    , m_address(address)
    , m_urls(address.url(scheme))
    , m_client(network, Origin::of(m_urls.base()), settings)
    , m_authorizer(m_client)
    , m_vendor(vendorOf(address.host, {}, {}))
{
    m_client.setAuthorizer(&m_authorizer);
}

bool RegistrySession::isEncrypted() const
{
    return m_client.home().scheme == "https"_L1;
}

bool RegistrySession::signsInOpenly() const
{
    return !isEncrypted() && !isLoopbackHost(m_client.home().host) && !account().isAnonymous();
}

void RegistrySession::setCredentials(const Credentials &credentials)
{
    using Kind = CredentialSource::Kind;
    setAccount({credentials, {credentials.isEmpty() ? Kind::None : Kind::Given}});
}

void RegistrySession::setAccount(const FoundCredentials &account)
{
    ++m_signInNumber;
    m_authorizer.setAccount(account);
    m_capabilities.clear();
}

const Credentials &RegistrySession::credentialsFor(const RepositoryName &repository) const
{
    const PartCredentials *part = account().partFor(repository.toString());
    return part ? part->credentials : credentials();
}

const CredentialSource &RegistrySession::credentialSourceFor(const RepositoryName &repository) const
{
    const PartCredentials *part = account().partFor(repository.toString());
    return part ? part->source : credentialSource();
}

void RegistrySession::note(Capability capability, Support support)
{
    const bool isNews = m_capabilities.proven(capability) != support;
    m_capabilities.note(capability, support);
    if (isNews)
        emit capabilitiesChanged();
}

/// One answer alone may have other reasons.
void RegistrySession::hint(Capability capability, Support support)
{
    const bool isNews = m_capabilities.of(capability) != support
                        && m_capabilities.proven(capability) == Support::Unknown;
    m_capabilities.hint(capability, support);
    if (isNews)
        emit capabilitiesChanged();
}

void RegistrySession::learn(Capability capability, ResultJob<Done> *job)
{
    job->then(this, [this, capability, asked = m_signInNumber](const Result<Done> &result) {
        if (asked != m_signInNumber)
            return;
        if (!result && result.error().kind == Error::Kind::Unsupported)
            hint(capability, Support::No);
        else if (result && m_capabilities.of(capability) == Support::No)
            hint(capability, Support::Unknown); // What else it took along nobody has seen yet.
    });
}

ResultJob<Support> *RegistrySession::probe(const CapabilityProbe &probe)
{
    const Support known = m_capabilities.proven(probe.capability);
    // What one account may says nothing about the account of another part.
    const bool holdsForAll = account().parts.isEmpty() || !probe.repository;
    if (known != Support::Unknown && holdsForAll)
        return new SettledJob<Support>(known, this);
    auto *job = new ProbeCapabilityJob(m_client, m_urls, probe, this);
    job->setVendor(m_vendor);
    job->then(this, [this, capability = probe.capability,
                     asked = m_signInNumber](const Result<Support> &support) {
        if (support && asked == m_signInNumber)
            note(capability, *support);
    });
    return job;
}

Job *RegistrySession::unownedJob() const
{
    const auto own = findChildren<Job *>(QString(), Qt::FindDirectChildrenOnly)
                     + m_client.findChildren<Job *>(QString(), Qt::FindDirectChildrenOnly);
    const auto found =
        std::find_if(own.begin(), own.end(), [](const Job *job) { return !job->isFinished(); });
    return found == own.end() ? nullptr : *found;
}

PingJob *RegistrySession::ping()
{
    auto *job = new PingJob(m_client, m_urls, this);
    job->then(this, [this](const Result<PingAnswer> &answer) {
        if (!answer)
            return;
        m_authorizer.rememberChallenge(answer->challenge);
        m_vendor = vendorOf(host(), answer->challenge, answer->server);
    });
    return job;
}

ResultJob<Done> *RegistrySession::checkSignIn()
{
    return new CheckSignInJob(m_client, m_urls.ping(), this);
}

ListNamesJob *RegistrySession::listRepositories()
{
    auto *job = new PagedListJob(
        m_client,
        {m_urls.catalog(), u"repositories"_s, Scope::catalog(), &RepositoryGrammar::accepts,
         tr("%1 does not list its repositories. Name the ones you use.").arg(quotedText(host()))},
        this);
    job->then(this, [this, asked = m_signInNumber](const Result<ListSummary> &summary) {
        using Kind = Error::Kind;
        if (asked != m_signInNumber)
            return;
        if (summary)
            note(Capability::Catalog, Support::Yes);
        else if (summary.error().kind == Kind::Unsupported
                 || summary.error().kind == Kind::Forbidden)
            note(Capability::Catalog, Support::No);
    });
    return job;
}

ListNamesJob *RegistrySession::listTags(const RepositoryName &repository)
{
    return new PagedListJob(m_client,
                            {m_urls.tags(repository),
                             u"tags"_s,
                             Scope::pull(repository),
                             &TagGrammar::accepts,
                             {},
                             repository.toString()},
                            this);
}

ResultJob<Descriptor> *RegistrySession::resolve(const RepositoryName &repository,
                                                const Reference &reference, Priority priority)
{
    return new ResolveJob(m_client, {m_urls, repository, reference, priority},
                          ResolveJob::Absence::ByGet, this);
}

ResultJob<Manifest> *RegistrySession::fetchManifest(const RepositoryName &repository,
                                                    const Reference &reference, Priority priority)
{
    return new FetchManifestJob(m_client, {m_urls, repository, reference, priority}, this);
}

ResultJob<Manifest> *RegistrySession::fetchDocument(const RepositoryName &repository,
                                                    const Reference &reference)
{
    return new FetchManifestJob(m_client, {m_urls, repository, reference},
                                FetchManifestJob::Taken::AnyDocument, this);
}

ResultJob<QByteArray> *RegistrySession::fetchBlob(const RepositoryName &repository,
                                                  const Descriptor &blob, Priority priority)
{
    return ownedBy(this, new FetchBlobJob(m_client, m_urls.blob(repository, blob.digest),
                                          Scope::pull(repository), blob, priority));
}

ResultJob<Done> *RegistrySession::readBlobPart(const RepositoryName &repository,
                                               const Digest &digest, std::shared_ptr<ByteSink> sink,
                                               qint64 offset)
{
    return ownedBy(this, new ReadBlobJob(m_client, m_urls.blob(repository, digest),
                                         Scope::pull(repository), std::move(sink), offset));
}

ResultJob<BlobPresence> *RegistrySession::blobExists(const RepositoryName &repository,
                                                     const Digest &digest)
{
    return new BlobExistsJob(m_client, m_urls.blob(repository, digest), Scope::pull(repository),
                             this);
}

ResultJob<QList<Descriptor>> *RegistrySession::listReferrers(const RepositoryName &repository,
                                                             const Digest &digest,
                                                             const QString &artifactType)
{
    auto *job = new ListReferrersJob(m_client, m_urls, {repository, digest, artifactType}, this);
    job->setSupport(m_capabilities.proven(Capability::Referrers));
    job->then(this, [this, job, asked = m_signInNumber](const Result<QList<Descriptor>> &) {
        const bool isNews = job->support() == Support::Yes
                            || m_capabilities.proven(Capability::Referrers) == Support::Unknown;
        if (isNews && job->support() != Support::Unknown && asked == m_signInNumber)
            note(Capability::Referrers, job->support());
    });
    return job;
}

ResultJob<PushedManifest> *RegistrySession::pushManifest(const RepositoryName &repository,
                                                         const Reference &reference,
                                                         const Manifest &manifest)
{
    return new PushManifestJob(m_client, {m_urls, repository, reference}, manifest, this);
}

ResultJob<StartedUpload> *
RegistrySession::startUpload(const RepositoryName &repository,
                             const std::optional<StartUploadJob::Mount> &mount)
{
    auto *job = new StartUploadJob(m_client, {m_urls, repository}, mount, this);
    const bool namesSource = mount && mount->from; // Without, few registries look for the blob.
    job->then(this, [this, namesSource, asked = m_signInNumber](const auto &started) {
        if (!started || asked != m_signInNumber)
            return;
        if (started->isMounted)
            return note(Capability::Mount, Support::Yes);
        // This blob may have been kept from this account.
        if (namesSource && m_capabilities.of(Capability::Mount) == Support::Unknown)
            hint(Capability::Mount, Support::No);
    });
    return job;
}

ResultJob<Done> *RegistrySession::deleteTag(const RepositoryName &repository, const Tag &tag)
{
    auto *job = new DeleteTagJob(m_client, m_urls, repository, tag, this);
    job->setVendor(m_vendor);
    learn(Capability::TagDeletion, job);
    return job;
}

ResultJob<Done> *RegistrySession::deleteBlob(const RepositoryName &repository, const Digest &digest)
{
    return new DeleteBlobJob(m_client, {m_urls, repository}, digest, this);
}

ResultJob<Done> *RegistrySession::deleteManifest(const RepositoryName &repository,
                                                 const Digest &digest)
{
    auto *job = new DeleteManifestJob(m_client, m_urls, repository, digest, this);
    learn(Capability::Deletion, job);
    return job;
}

} // namespace Longshore
