// SPDX-License-Identifier: Apache-2.0
#include "core/registry/deletemanifestjob.h"

#include "core/http/httpclient.h"
#include "core/http/httperror.h"
#include "core/http/httpjob.h"
#include "core/registry/resolvejob.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Longshore {

DeleteManifestJob::DeleteManifestJob(HttpClient &client, const RegistryUrls &urls,
                                     const RepositoryName &repository, const Digest &digest,
                                     QObject *parent)
    : ResultJob(parent), m_client(client), m_target{urls, repository, digest}
{}

/// A route that is not known; who knows it names what is missing.
static bool isUnknownRoute(const Error &error)
{
    return error.httpStatus == 404 && error.serverCode.isEmpty();
}

Result<Done> judgeDeletionOfNothing(const Result<Done> &answer)
{
    if (answer)
        return Error{Error::Kind::Unsupported,
                     DeleteManifestJob::tr("This server says that it deleted what was never "
                                           "there. It cannot be relied on to delete.")};
    Error error = answer.error();
    if (error.kind == Error::Kind::NotFound && !isUnknownRoute(error))
        return Done();
    // 400 as well: OCI distribution-spec, "Deleting Manifests".
    if (isUnknownRoute(error) || error.httpStatus == 400 || error.httpStatus == 501) {
        error.kind = Error::Kind::Unsupported;
        error.message = DeleteManifestJob::tr("This server does not delete images.");
    }
    return error;
}

bool isProtectedByServer(const Error &refusal)
{
    // Quay says TAG_IMMUTABLE with 409, Harbor PRECONDITION with 412; others have words only.
    static const QRegularExpression words(u"immutable|(?:\\b|_)locked\\b"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    const QList<int> refusals{400, 403, 405, 409, 412};
    if (!refusals.contains(refusal.httpStatus))
        return false;
    // With these two, an account or a whole registry may be meant.
    const bool isAboutObject = refusal.httpStatus != 400 && refusal.httpStatus != 403;
    return words.match(refusal.serverCode).hasMatch()
           || (isAboutObject && words.match(refusal.detail).hasMatch());
}

/// Who can do what about a server that deletes nothing.
static QString whyNothingIsDeleted(const QString &host)
{
    if (host == "docker.io"_L1 || host.endsWith(".docker.io"_L1))
        return DeleteManifestJob::tr("Docker Hub deletes nothing by this way. Its web pages do.");
    if (host == "ghcr.io"_L1)
        return DeleteManifestJob::tr(
            "GitHub deletes nothing by this way. Its web pages do: see the "
            "versions of the package.");
    return DeleteManifestJob::tr(
        "Deletion is turned off on this server. Its administrator can turn it on "
        "(storage.delete.enabled in Docker's registry), unless it is read-only or a cache.");
}

Error explainedDeletion(const Error &refusal, const QString &host)
{
    Error explained = refusal;
    if (isProtectedByServer(refusal)) {
        explained.kind = Error::Kind::Forbidden;
        explained.message =
            DeleteManifestJob::tr("Protected by the server. Whoever administers it can lift that.");
    } else if (refusal.httpStatus == 405 || refusal.serverCode == "UNSUPPORTED"_L1) {
        explained.kind = Error::Kind::Unsupported;
        explained.message = whyNothingIsDeleted(host);
    } else if (refusal.serverCode == "GOOGLE_MANIFEST_DANGLING_TAG"_L1) {
        explained.message = DeleteManifestJob::tr(
            "This server deletes an image only when no tag points to it. Remove its tags first.");
    }
    return explained;
}

void DeleteManifestJob::doStart()
{
    HttpRequest request;
    request.method = HttpRequest::Method::Delete;
    request.url = m_target.urls.manifest(m_target.repository, m_target.reference);
    request.scopes = QStringList{Scope::remove(m_target.repository)};
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response)
            return handleFailure(response.error());
        if (const auto changed = checkChange(*response); !changed)
            return fail(changed.error());
        succeed(Done());
    });
}

void DeleteManifestJob::handleFailure(const Error &error)
{
    if (error.kind == Error::Kind::Ambiguous)
        return askWhatHappened(error);
    if (isUnknownRoute(error))
        return askWhetherItIsThere(error);
    fail(explainedDeletion(error, m_target.urls.base().host()));
}

/// It may be gone already, or nobody looked for it.
void DeleteManifestJob::askWhetherItIsThere(const Error &refusal)
{
    runChild(new ResolveJob(m_client, m_target), [this, refusal](const Result<Descriptor> &found) {
        Error error = refusal;
        if (found) {
            error.kind = Error::Kind::Unsupported;
            error.message = tr("This server does not delete images.");
        }
        fail(error);
    });
}

void DeleteManifestJob::askWhatHappened(const Error &lost)
{
    runChild(new ResolveJob(m_client, m_target), [this, lost](const Result<Descriptor> &found) {
        if (!found && found.error().kind == Error::Kind::NotFound)
            return succeed(Done());
        Error error = lost;
        if (found) {
            error.kind = Error::Kind::Network;
            error.message = tr("The connection broke before the manifest was deleted.");
        }
        fail(error);
    });
}

} // namespace Longshore
