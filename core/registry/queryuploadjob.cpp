// SPDX-License-Identifier: Apache-2.0
#include "core/registry/queryuploadjob.h"

#include "core/http/httpclient.h"
#include "core/http/httpjob.h"

namespace Longshore {

QueryUploadJob::QueryUploadJob(HttpClient &client, const UploadTarget &target,
                               const UploadSession &session, QObject *parent)
    : ResultJob(parent), m_client(client), m_target(target), m_session(session)
{}

void QueryUploadJob::doStart()
{
    HttpRequest request;
    request.url = m_session.location;
    request.scopes = QStringList{Scope::push(m_target.repository)};
    request.redirects = HttpRequest::Redirects::SameOrigin;
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response)
            return fail(response.error());
        UploadSession session = m_session;
        // Without a new location the old one stays.
        if (const auto named = readUploadSession(*response))
            session.location = named->location;
        session.received = parseReceived(response->headers.value("Range"));
        succeed(session);
    });
}

} // namespace Longshore
