// SPDX-License-Identifier: Apache-2.0
#include "core/registry/probecapabilityjob.h"

#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/oci/manifest.h"
#include "core/registry/canceluploadjob.h"
#include "core/registry/deletemanifestjob.h"
#include "core/registry/deletetagjob.h"
#include "core/registry/firstbytesink.h"
#include "core/registry/startuploadjob.h"

#include <QJsonDocument>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using Kind = Error::Kind;

/// A name that nothing has.
QString freshName()
{
    return "longshore-probe-"_L1 + QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Digest freshDigest()
{
    return Digest::ofBytes(freshName().toLatin1());
}

/// Refusals of servers that do not know an endpoint, or keep it to themselves.
bool isRefused(const Error &error)
{
    return error.kind == Kind::Forbidden || error.httpStatus == 400 || error.httpStatus == 404
           || error.httpStatus == 405;
}

} // namespace

ProbeCapabilityJob::ProbeCapabilityJob(HttpClient &client, const RegistryUrls &urls,
                                       const CapabilityProbe &probe, QObject *parent)
    : ResultJob(parent), m_client(client), m_urls(urls), m_probe(probe)
{}

bool ProbeCapabilityJob::hasWhatItNeeds() const
{
    const bool needsBlob =
        m_probe.capability == Capability::Range || m_probe.capability == Capability::Mount;
    return (m_probe.capability == Capability::Catalog || m_probe.repository)
           && (!needsBlob || m_probe.blob);
}

void ProbeCapabilityJob::doStart()
{
    if (!hasWhatItNeeds())
        return fail({Kind::InvalidInput, tr("There is nothing to try this with.")});
    switch (m_probe.capability) {
    case Capability::Catalog: return probeCatalog();
    case Capability::Deletion: return probeDeletion();
    case Capability::TagDeletion: return probeTagDeletion();
    case Capability::Referrers: return probeReferrers();
    case Capability::Range: return probeRange();
    case Capability::Mount: return probeMount();
    }
}

void ProbeCapabilityJob::probeCatalog()
{
    HttpRequest request;
    request.url = m_urls.catalog();
    request.url.setQuery(u"n=1"_s);
    request.addHeader("Accept", "application/json");
    request.scopes = QStringList{Scope::catalog()};
    request.maximumBody = 64 * 1024 * 1024; // Not every registry looks at "n".
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response && isRefused(response.error()))
            return succeed(Support::No);
        if (!response)
            return fail(response.error());
        const QJsonDocument document = QJsonDocument::fromJson(response->body);
        const QJsonValue list = document["repositories"_L1];
        succeed(list.isArray() || list.isNull() ? Support::Yes : Support::No); // Null is none yet.
    });
}

void ProbeCapabilityJob::judgeDeletion(const Result<Done> &result)
{
    const auto proof = judgeDeletionOfNothing(result);
    if (proof)
        return succeed(Support::Yes);
    if (proof.error().kind == Kind::Unsupported || proof.error().kind == Kind::Forbidden)
        return succeed(Support::No);
    fail(proof.error());
}

void ProbeCapabilityJob::probeDeletion()
{
    runChild(new DeleteManifestJob(m_client, m_urls, *m_probe.repository, freshDigest()),
             [this](const Result<Done> &result) { judgeDeletion(result); });
}

void ProbeCapabilityJob::probeTagDeletion()
{
    auto *job = new DeleteTagJob(m_client, m_urls, *m_probe.repository, *Tag::parse(freshName()));
    job->setVendor(m_vendor);
    runChild(job, [this](const Result<Done> &result) { judgeDeletion(result); });
}

void ProbeCapabilityJob::probeReferrers()
{
    HttpRequest request;
    request.url = m_urls.referrers(*m_probe.repository, freshDigest());
    request.addHeader("Accept", MediaType::ociIndex().toString().toLatin1());
    request.scopes = QStringList{Scope::pull(*m_probe.repository)};
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        // Quay knows the endpoint, and no list of what it does not have.
        if (!response && response.error().serverCode == "MANIFEST_INVALID"_L1)
            return succeed(Support::Yes);
        if (!response && isRefused(response.error()))
            return succeed(Support::No);
        if (!response)
            return fail(response.error());
        const auto list = parseManifest(response->body, MediaType::ociIndex());
        succeed(list && list->index() ? Support::Yes : Support::No);
    });
}

void ProbeCapabilityJob::probeRange()
{
    const auto sink = std::make_shared<FirstByteSink>();
    HttpRequest request;
    request.url = m_urls.blob(*m_probe.repository, *m_probe.blob);
    request.scopes = QStringList{Scope::pull(*m_probe.repository)};
    // Not from the start: there the whole begins as the part does.
    request.addHeader("Range", "bytes=1-1");
    request.sink = sink;
    request.attempts = 1;
    runChild(m_client.send(request), [this, sink](const Result<HttpResponse> &response) {
        if (sink->offset() >= 0)
            return succeed(sink->offset() == 1 ? Support::Yes : Support::No);
        fail(response ? Error{Kind::Protocol, tr("The server sent no blob.")} : response.error());
    });
}

void ProbeCapabilityJob::probeMount()
{
    const UploadTarget target{m_urls, *m_probe.repository};
    const StartUploadJob::Mount mount{*m_probe.blob, m_probe.repository};
    runChild(new StartUploadJob(m_client, target, mount),
             [this, target](const Result<StartedUpload> &started) {
                 if (!started)
                     return fail(started.error());
                 if (!started->isMounted)
                     (new CancelUploadJob(m_client, target, started->session))->start();
                 succeed(started->isMounted ? Support::Yes : Support::No);
             });
}

} // namespace Longshore
