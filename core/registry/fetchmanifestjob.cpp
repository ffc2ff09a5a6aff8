// SPDX-License-Identifier: Apache-2.0
#include "core/registry/fetchmanifestjob.h"

#include "core/base/displaytext.h"
#include "core/http/contentcoding.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/oci/schema1signature.h"

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr qint64 mostBytesKept = 64 * 1024 * 1024;

namespace {

/// Whether \a manifest holds signatures, or was sent as if it did.
bool isSigned(const Manifest &manifest, const MediaType &sentAs)
{
    return manifest.mediaType.kind() == MediaType::Kind::SignedManifest
           && (sentAs.toString().endsWith("+prettyjws"_L1)
               || manifest.digest != Digest::ofBytes(manifest.bytes));
}

QString firstComplaint(const Schema1Check &checked)
{
    for (const auto &signature : checked.signatures) {
        if (signature.error)
            return signature.error->message;
    }
    return {};
}

} // namespace

FetchManifestJob::FetchManifestJob(HttpClient &client, const ManifestTarget &target, Taken taken,
                                   QObject *parent)
    : ResultJob(parent)
    , m_client(client)
    , m_target(target)
    , m_taken(taken)
    , m_mostBytes(taken == Taken::AnyDocument ? mostBytesKept : HttpRequest().maximumBody)
{}

void FetchManifestJob::doStart()
{
    HttpRequest request;
    request.url = m_target.urls.manifest(m_target.repository, m_target.reference);
    request.addHeader("Accept", MediaType::manifestAccept());
    request.scopes = QStringList{Scope::pull(m_target.repository)};
    request.priority = m_target.priority;
    request.maximumBody = m_mostBytes;
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response)
            return fail(response.error());
        handleAnswer(*response);
    });
}

void FetchManifestJob::handleAnswer(const HttpResponse &response)
{
    const auto body = plainBody(response, m_mostBytes);
    const Digest *asked = m_target.reference.digest();
    if (!body && asked && body.error().kind == Error::Kind::Protocol)
        return fail(mismatch()); // Damaged on its way.
    if (!body)
        return fail(body.error());
    const auto isOther = [&] { // Than what was asked for.
        return asked && asked->hashAlgorithm() && !asked->matches(*body);
    };
    if (body->trimmed().startsWith('<'))
        return fail({isOther() ? Error::Kind::DigestMismatch : Error::Kind::Protocol,
                     tr("The server answered with a web page instead of a manifest.")});
    const auto type = MediaType::parse(QString::fromLatin1(response.headers.value("Content-Type")));
    auto manifest = parseManifest(*body, type);
    if (!manifest && m_taken == Taken::AnyDocument)
        manifest = Manifest{*body, type, Digest::ofBytes(*body), OpaqueManifest()};
    if (!manifest && isOther()) // What was damaged on its way may well be no manifest.
        return fail(mismatch());
    if (!manifest)
        return fail(manifest.error());
    if (const auto verified = verify(*manifest, response); !verified)
        return fail(verified.error());
    if (m_taken == Taken::OnlyManifests && isSigned(*manifest, type)) {
        if (const auto verified = verifySignatures(*manifest); !verified)
            return fail(verified.error());
    }
    // Asked for by another algorithm, it keeps the name it was asked for by.
    if (asked)
        manifest->digest = *asked;
    succeed(*std::move(manifest));
}

Error FetchManifestJob::mismatch() const
{
    return {Error::Kind::DigestMismatch,
            tr("The manifest received for %1 does not match its digest. It was thrown away.")
                .arg(quotedText(m_target.reference.toString()))};
}

Result<Done> FetchManifestJob::verify(const Manifest &manifest, const HttpResponse &response) const
{
    const auto matches = [&](const Digest &digest) {
        return digest == manifest.digest || digest.matches(manifest.bytes);
    };
    if (const Digest *asked = m_target.reference.digest()) {
        if (!asked->hashAlgorithm())
            return Error{Error::Kind::Unsupported,
                         tr("Digests of the kind %1 cannot be checked.").arg(asked->algorithm())};
        return matches(*asked) ? Result<Done>(Done()) : mismatch();
    }
    const QByteArray announced = response.headers.value("Docker-Content-Digest");
    if (announced.isEmpty())
        return Done(); // Optional before distribution-spec 1.2; our own hash is the truth.
    const auto digest = Digest::parse(QString::fromLatin1(announced));
    if (!digest || (digest->hashAlgorithm() && !matches(*digest)))
        return mismatch();
    return Done();
}

Result<Done> FetchManifestJob::verifySignatures(const Manifest &manifest) const
{
    const auto checked = checkSchema1Signatures(manifest.bytes);
    if (checked && checked->isValid())
        return Done();
    Error error{Error::Kind::DigestMismatch,
                tr("A signature of the manifest received for %1 does not hold. It was thrown away.")
                    .arg(quotedText(m_target.reference.toString()))};
    error.detail = checked ? firstComplaint(*checked) : checked.error().message;
    return error;
}

} // namespace Longshore
