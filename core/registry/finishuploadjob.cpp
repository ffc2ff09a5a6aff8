// SPDX-License-Identifier: Apache-2.0
#include "core/registry/finishuploadjob.h"

#include "core/http/httpclient.h"
#include "core/http/httpjob.h"

namespace Longshore {

FinishUploadJob::FinishUploadJob(HttpClient &client, const UploadTarget &target,
                                 const UploadSession &session, const Digest &digest,
                                 std::shared_ptr<ByteSource> body)
    : m_client(client)
    , m_target(target)
    , m_session(session)
    , m_digest(digest)
    , m_body(std::move(body))
{}

void FinishUploadJob::doStart()
{
    HttpRequest request;
    request.method = HttpRequest::Method::Put;
    request.url = finalLocation(m_session.location, m_digest);
    request.addHeader("Content-Type", "application/octet-stream");
    request.source = m_body;
    request.scopes = QStringList{Scope::push(m_target.repository)};
    request.priority = JobQueue::Priority::Transfer;
    HttpJob *job = m_client.send(request);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this](const Result<HttpResponse> &response) {
        if (!response)
            return fail(response.error());
        const QByteArray named = response->headers.value("Docker-Content-Digest");
        succeed({response->status == 201 && response->headers.contains("Location")
                 && (named.isEmpty() || named == m_digest.toString().toLatin1())});
    });
}

} // namespace Longshore
