// SPDX-License-Identifier: Apache-2.0
#include "core/registry/pingjob.h"

#include "core/base/displaytext.h"
#include "core/http/authchallenge.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"

#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Longshore {

constexpr std::chrono::milliseconds longestDelay = 10s; // Nobody would know why it takes so long.

PingJob::PingJob(HttpClient &client, const RegistryUrls &urls, QObject *parent)
    : ResultJob(parent), m_client(client), m_urls(urls)
{}

static PingAnswer readAnswer(const HttpResponse &response, const Origin &home)
{
    using SignIn = PingAnswer::SignIn;
    PingAnswer answer;
    answer.apiVersion = displayText(
        QString::fromLatin1(response.headers.value("Docker-Distribution-Api-Version")), 64);
    const bool isHome = Origin::of(response.url) == home; // And no place that it redirects to.
    if (isHome)
        answer.server = response.headers.value("Server");
    if (response.status != 401)
        return answer;
    answer.signIn = SignIn::Unsupported;
    const QByteArray asked = response.headers.value("WWW-Authenticate");
    if (isHome)
        answer.challenge = asked;
    const auto challenges = parseChallenges(asked);
    for (const AuthChallenge &challenge : challenges) {
        if (challenge.scheme == "bearer" && !challenge.parameters.value("realm").isEmpty()) {
            answer.signIn = SignIn::Bearer;
            answer.realm = displayText(QString::fromUtf8(challenge.parameters.value("realm")));
            break;
        }
        if (challenge.scheme == "basic")
            answer.signIn = SignIn::Basic;
    }
    return answer;
}

/// A web page or a redirect to one is no registry, whatever its status; only a proxy that asks
/// for the password first may do so with a page of its own.
static bool looksLikeWebPage(const HttpResponse &response)
{
    const HttpHeaders &headers = response.headers;
    const bool isPage = headers.value("Content-Type").toLower().startsWith("text/html")
                        || response.body.trimmed().startsWith('<');
    return isPage && !headers.contains("Docker-Distribution-Api-Version")
           && !(response.status == 401 && headers.contains("WWW-Authenticate"));
}

void PingJob::doStart()
{
    ask();
}

void PingJob::ask()
{
    HttpRequest request;
    request.url = m_urls.ping();
    request.signIn = HttpRequest::SignIn::Never;
    request.attempts = 1; // Somebody looks at a dialog, and can press the button again.
    runChild(m_client.send(request),
             [this](const Result<HttpResponse> &response) { handleAnswer(response); });
}

void PingJob::handleAnswer(const Result<HttpResponse> &response)
{
    const bool isAbsent = !response && response.error().kind == Error::Kind::NotFound;
    if (isAbsent || (response && looksLikeWebPage(*response)))
        return fail({Error::Kind::Protocol,
                     tr("Something answers at %1, but it is not a registry. Check the address.")
                         .arg(quotedText(m_client.home().hostAndPort())),
                     isAbsent ? response.error().detail : QString(),
                     isAbsent ? 404 : response->status});
    if (response)
        return succeed(readAnswer(*response, m_client.home()));
    if (!asksAgain(response.error()))
        fail(response.error());
}

/// Where nobody answers, nobody is asked again: a wrong address shall be told at once.
bool PingJob::asksAgain(const Error &error)
{
    const auto delay = m_client.settings().retry.delayAfter(m_attempt, error, true);
    if (!delay || error.httpStatus == 0 || m_attempt >= m_attempts || *delay > longestDelay)
        return false;
    ++m_attempt;
    QTimer::singleShot(*delay, this, [this] {
        if (isRunning())
            ask();
    });
    return true;
}

} // namespace Longshore
