// SPDX-License-Identifier: Apache-2.0
#include "core/registry/deletetagjob.h"

#include "core/http/httpclient.h"
#include "core/http/httperror.h"
#include "core/http/httpjob.h"
#include "core/registry/deletemanifestjob.h"
#include "core/registry/resolvejob.h"

using namespace Qt::StringLiterals;

namespace Longshore {

DeleteTagJob::DeleteTagJob(HttpClient &client, const RegistryUrls &urls,
                           const RepositoryName &repository, const Tag &tag, QObject *parent)
    : ResultJob(parent), m_client(client), m_target{urls, repository, tag}, m_tag(tag)
{}

void DeleteTagJob::doStart()
{
    m_places = tagPlaces(m_vendor, m_target.urls, m_target.repository, m_tag);
    askNextPlace();
}

void DeleteTagJob::askNextPlace()
{
    HttpRequest request;
    request.method = HttpRequest::Method::Delete;
    request.url = m_places.takeFirst();
    request.scopes = QStringList{Scope::remove(m_target.repository)};
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response)
            return handleFailure(response.error());
        if (const auto changed = checkChange(*response); !changed)
            return fail(changed.error());
        succeed(Done());
    });
}

/// Docker's registry wants a digest there (400), others do not know the method or the route.
static bool isUnknownRequest(const Error &error)
{
    return error.httpStatus == 400 || error.httpStatus == 405 || error.httpStatus == 501
           || error.serverCode == "UNSUPPORTED"_L1
           || (error.httpStatus == 404 && error.serverCode.isEmpty());
}

void DeleteTagJob::handleFailure(const Error &error)
{
    if (error.kind == Error::Kind::Ambiguous)
        return askWhatHappened(error);
    if (isProtectedByServer(error))
        return fail(explainedDeletion(error, m_target.urls.base().host()));
    if (isUnknownRequest(error) && !m_places.isEmpty())
        return askNextPlace();
    Error explained = error;
    if (isUnknownRequest(error)) {
        explained.kind = Error::Kind::Unsupported;
        explained.message = tr("This server cannot remove a tag and keep its image.");
    }
    fail(explained);
}

void DeleteTagJob::askWhatHappened(const Error &lost)
{
    runChild(new ResolveJob(m_client, m_target), [this, lost](const Result<Descriptor> &found) {
        if (!found && found.error().kind == Error::Kind::NotFound)
            return succeed(Done());
        fail(lost); // It may also have been removed, and set again by somebody else.
    });
}

} // namespace Longshore
