// SPDX-License-Identifier: Apache-2.0
#include "core/auth/askforchallengejob.h"

#include "core/http/httpclient.h"
#include "core/http/httpjob.h"

namespace Longshore {

AskForChallengeJob::AskForChallengeJob(HttpClient &client, QObject *parent)
    : ResultJob(parent), m_client(client)
{}

void AskForChallengeJob::doStart()
{
    const Origin &home = m_client.home();
    HttpRequest request;
    request.url.setScheme(home.scheme);
    request.url.setHost(home.host);
    request.url.setPort(home.port);
    request.url.setPath(QStringLiteral("/v2/"));
    request.redirects = HttpRequest::Redirects::Never; // Others have nothing to ask of us.
    request.signIn = HttpRequest::SignIn::Never;
    request.attempts = 1; // What waits for it has attempts of its own.
    runChild(m_client.send(request), [this](const Result<HttpResponse> &response) {
        if (!response)
            return fail(response.error());
        succeed(response->status == 401 ? response->headers.value("WWW-Authenticate")
                                        : QByteArray());
    });
}

} // namespace Longshore
