// SPDX-License-Identifier: Apache-2.0
#include "core/auth/trypasswordjob.h"

#include "core/http/httpclient.h"
#include "core/http/httperror.h"
#include "core/http/httpjob.h"

namespace Longshore {

TryPasswordJob::TryPasswordJob(HttpClient &client, const QUrl &url, const Credentials &credentials,
                               QObject *parent)
    : ResultJob(parent), m_client(client), m_url(url), m_credentials(credentials)
{}

void TryPasswordJob::doStart()
{
    HttpRequest request;
    request.method = HttpRequest::Method::Head; // Whatever was refused: this changes nothing.
    request.url = m_url;
    request.addHeader("Authorization", m_credentials.basicHeader().reveal());
    request.redirects = HttpRequest::Redirects::Never;
    request.signIn = HttpRequest::SignIn::Never;
    request.attempts = 1; // Others wait.
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        // 404 or 405 is an answer for somebody who was let in; 503 says nothing about anybody.
        if (!response && (response.error().httpStatus == 0 || response.error().isRetryable()))
            return fail(response.error());
        if (response && response->status == 401)
            return fail(refusalError(*response));
        succeed(Done());
    });
}

} // namespace Longshore
