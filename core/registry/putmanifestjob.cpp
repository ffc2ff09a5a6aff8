// SPDX-License-Identifier: Apache-2.0
#include "core/registry/putmanifestjob.h"

#include "core/base/displaytext.h"
#include "core/http/httpclient.h"
#include "core/http/httperror.h"
#include "core/http/httpjob.h"
#include "core/registry/resolvejob.h"
#include "core/registry/updatereferrerstagjob.h"

namespace Longshore {

PutManifestJob::PutManifestJob(HttpClient &client, const ManifestTarget &target,
                               const Manifest &manifest, QObject *parent)
    : ResultJob(parent), m_client(client), m_target(target), m_manifest(manifest)
{}

bool PutManifestJob::isOurs(const Digest &digest) const
{
    return digest == m_manifest.digest || digest.matches(m_manifest.bytes);
}

void PutManifestJob::doStart()
{
    if (const Digest *asked = m_target.reference.digest(); asked && !isOurs(*asked))
        return fail({Error::Kind::DigestMismatch,
                     tr("The manifest does not have the digest %1. It was not sent.")
                         .arg(quotedText(asked->toString()))});
    put();
}

void PutManifestJob::put()
{
    HttpRequest request;
    request.method = HttpRequest::Method::Put;
    request.url = m_target.urls.manifest(m_target.repository, m_target.reference);
    request.addHeader("Content-Type", m_manifest.mediaType.toString().toLatin1());
    if (!m_expectedEntity.isEmpty())
        request.addHeader("If-Match", m_expectedEntity);
    request.body = m_manifest.bytes;
    request.scopes = QStringList{Scope::push(m_target.repository)};
    request.priority = m_target.priority;
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (response)
            return handleAnswer(*response);
        // A server that failed may have stored it all the same.
        const Error &error = response.error();
        if (error.kind == Error::Kind::Ambiguous || error.httpStatus >= 500 || m_hasPutAgain)
            return readBack(error); // Of the second, the first may have been in the way.
        fail(error);
    });
}

void PutManifestJob::handleAnswer(const HttpResponse &response)
{
    if (const auto stored = checkChange(response); !stored)
        return fail(stored.error());
    // Of another subject than ours it tells nothing.
    const auto listed = Digest::parse(QString::fromLatin1(response.headers.value("OCI-Subject")));
    m_listsReferrer = listed && subjectOf(m_manifest) == *listed;
    const auto named =
        Digest::parse(QString::fromLatin1(response.headers.value("Docker-Content-Digest")));
    if (named && isOurs(*named))
        return succeed({m_manifest.digest, m_listsReferrer});
    readBack({Error::Kind::DigestMismatch,
              tr("The server stored another manifest than was sent: its digest differs.")});
}

void PutManifestJob::readBack(const Error &doubt)
{
    runChild(new ResolveJob(m_client, m_target),
             [this, doubt](const Result<Descriptor> &found) { judge(found, doubt); });
}

void PutManifestJob::judge(const Result<Descriptor> &found, const Error &doubt)
{
    if (found && isOurs(found->digest))
        return succeed({m_manifest.digest, m_listsReferrer});
    const bool isAbsent = !found && found.error().kind == Error::Kind::NotFound;
    const bool isOfGateway = doubt.httpStatus == 502 || doubt.httpStatus == 504;
    if (isAbsent && isOfGateway && !std::exchange(m_hasPutAgain, true))
        return put(); // The same bytes in the same place: twice does no harm.
    Error error = doubt;
    // Another manifest may be the one before ours, or the one after it.
    if (isOfGateway && !isAbsent)
        error.kind = Error::Kind::Ambiguous;
    if (error.kind != Error::Kind::Ambiguous || !isAbsent)
        return fail(error);
    error.kind = Error::Kind::Network;
    error.message = tr("The connection broke before the manifest was stored.");
    fail(error);
}

} // namespace Longshore
