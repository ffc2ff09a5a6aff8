// SPDX-License-Identifier: Apache-2.0
#include "core/registry/canceluploadjob.h"

#include "core/http/httpclient.h"
#include "core/http/httpjob.h"

namespace Longshore {

CancelUploadJob::CancelUploadJob(HttpClient &client, const UploadTarget &target,
                                 const UploadSession &session)
    : ResultJob(&client), m_client(client), m_target(target), m_session(session)
{}

void CancelUploadJob::doStart()
{
    HttpRequest request;
    request.method = HttpRequest::Method::Delete;
    request.url = m_session.location;
    request.scopes = QStringList{Scope::push(m_target.repository)};
    request.attempts = 1;
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response)
            return fail(response.error());
        succeed(Done());
    });
}

} // namespace Longshore
