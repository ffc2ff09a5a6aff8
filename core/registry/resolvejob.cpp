// SPDX-License-Identifier: Apache-2.0
#include "core/registry/resolvejob.h"

#include "core/http/httpclient.h"
#include "core/http/httpjob.h"

namespace Longshore {

ResolveJob::ResolveJob(HttpClient &client, const ManifestTarget &target, Absence absence,
                       QObject *parent)
    : ResultJob(parent), m_client(client), m_target(target), m_absence(absence)
{}

/// Nothing when the answer does not say everything, or speaks of something else than was asked for.
static std::optional<Descriptor> describe(const HttpResponse &response, const Reference &reference)
{
    const auto digest =
        Digest::parse(QString::fromLatin1(response.headers.value("Docker-Content-Digest")));
    const auto type = MediaType::parse(QString::fromLatin1(response.headers.value("Content-Type")));
    const qint64 size = response.headers.value("Content-Length").toLongLong();
    // Of a compressed answer the length says nothing.
    if (!digest || !type.isManifest() || size <= 0 || response.headers.contains("Content-Encoding"))
        return {};
    if (reference.digest() && *reference.digest() != *digest)
        return {};
    return Descriptor{type, *digest, size};
}

/// Refusals that say something about the person or the moment, not about HEAD.
bool ResolveJob::isFinal(const Error &error) const
{
    if (error.kind == Error::Kind::NotFound && m_absence == Absence::ByHead)
        return true;
    return error.httpStatus == 0 || error.httpStatus == 401
           || error.kind == Error::Kind::RateLimited || error.httpStatus >= 500;
}

void ResolveJob::doStart()
{
    HttpRequest request;
    request.method = HttpRequest::Method::Head;
    request.url = m_target.urls.manifest(m_target.repository, m_target.reference);
    request.addHeader("Accept", MediaType::manifestAccept());
    request.scopes = QStringList{Scope::pull(m_target.repository)};
    request.priority = m_target.priority;
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response && isFinal(response.error()))
            return fail(response.error());
        const auto descriptor = response ? describe(*response, m_target.reference) : std::nullopt;
        if (!descriptor)
            return fetchInstead();
        m_isAnsweredByHead = true;
        succeed(*descriptor);
    });
}

void ResolveJob::fetchInstead()
{
    // What has a bad signature has a digest all the same, and can be deleted by it.
    auto *fetch = new FetchManifestJob(m_client, m_target, FetchManifestJob::Taken::AnySignature);
    runChild(fetch, [this](const Result<Manifest> &manifest) {
        if (!manifest)
            return fail(manifest.error());
        succeed(manifest->descriptor());
    });
}

} // namespace Longshore
