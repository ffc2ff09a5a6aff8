// SPDX-License-Identifier: Apache-2.0
#include "core/registry/deleteblobjob.h"

#include "core/http/httpclient.h"
#include "core/http/httperror.h"
#include "core/http/httpjob.h"
#include "core/registry/blobexistsjob.h"
#include "core/registry/deletemanifestjob.h"

namespace Longshore {

DeleteBlobJob::DeleteBlobJob(HttpClient &client, const UploadTarget &target, const Digest &digest,
                             QObject *parent)
    : ResultJob(parent), m_client(client), m_target(target), m_digest(digest)
{}

void DeleteBlobJob::doStart()
{
    HttpRequest request;
    request.method = HttpRequest::Method::Delete;
    request.url = m_target.urls.blob(m_target.repository, m_digest);
    request.scopes = QStringList{Scope::remove(m_target.repository)};
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response)
            return handleFailure(response.error());
        if (const auto changed = checkChange(*response); !changed)
            return fail(changed.error());
        succeed(Done());
    });
}

void DeleteBlobJob::handleFailure(const Error &error)
{
    if (error.kind == Error::Kind::Ambiguous)
        return askWhatHappened(error);
    fail(explainedDeletion(error, m_target.urls.base().host()));
}

void DeleteBlobJob::askWhatHappened(const Error &lost)
{
    auto *job = new BlobExistsJob(m_client, m_target.urls.blob(m_target.repository, m_digest),
                                  Scope::pull(m_target.repository));
    runChild(job, [this, lost](const Result<BlobPresence> &presence) {
        if (!presence)
            return fail(lost);
        if (!presence->exists)
            return succeed(Done());
        Error error = lost;
        error.kind = Error::Kind::Network;
        error.message = tr("The connection broke before the blob was deleted.");
        fail(error);
    });
}

} // namespace Longshore
