// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpjob.h"

#include "core/base/displaytext.h"
#include "core/base/logging.h"
#include "core/http/exchangejob.h"
#include "core/http/httpclient.h"
#include "core/http/httperror.h"
#include "core/http/requestauthorizer.h"

#include <QTimer>

namespace Longshore {

HttpJob::HttpJob(HttpClient &client, const HttpRequest &request)
    : ResultJob(&client), m_client(client), m_original(request), m_request(request)
{
    // The job may belong to another one by then, which outlives the connection.
    connect(&client, &QObject::destroyed, this, &Job::cancel);
}

void HttpJob::doStart()
{
    if (const auto objection = m_client.objectionTo(m_request))
        return fail(*objection);
    if (auto checked = checkServerUrl(m_request.url, m_request.url); !checked)
        return fail(checked.error());
    m_clock.start();
    authorize();
}

QString HttpJob::host() const
{
    return Origin::of(m_request.url).hostAndPort();
}

bool HttpJob::maySignIn() const
{
    return m_client.m_authorizer && m_request.signIn == HttpRequest::SignIn::AsAsked
           && Origin::of(m_request.url) == m_client.home();
}

void HttpJob::authorize()
{
    m_visited.insert(m_request.url);
    if (!maySignIn())
        return send({});
    runChild(m_client.m_authorizer->authorize(m_request), [this](const Result<Secret> &value) {
        if (value)
            send(*value);
        else
            fail(value.error());
    });
}

void HttpJob::send(const Secret &authorization)
{
    HttpRequest request = m_request;
    request.proxies = m_client.settings().proxies;
    if (Origin::of(request.url) == m_client.home()) {
        request.tls = m_client.settings().tls;
        request.headers = m_client.settings().headers + request.headers; // The last one counts.
    } else {
        request.referral = Referral{m_redirectedBy.value_or(m_client.home()),
                                    m_client.settings().lookUp, m_client.settings().mayLeadInwards};
    }
    m_sent = authorization;
    if (!authorization.isEmpty())
        request.addHeader("Authorization", authorization.reveal());
    if (!request.hasSoundHeaders())
        return fail({Error::Kind::Policy,
                     tr("Something in the request must not be sent: it contains a line break.")});
    const bool isTransfer = request.priority == JobQueue::Priority::Transfer;
    auto *exchange = new ExchangeJob(isTransfer ? m_client.m_transfers : m_client.m_requests,
                                     request, m_client.settings().timeouts);
    connect(exchange, &Job::progressChanged, this, [this](qint64 done, qint64 total) {
        m_hasReceived = m_hasReceived || done > 0;
        emit progressChanged(done, total);
    });
    adoptChild(exchange, [this, exchange](const auto &answer) {
        m_isUnsent = exchange->isUnsent();
        handleAnswer(answer);
    });
    m_client.queue().add(exchange, host(), request.priority);
}

void HttpJob::handleAnswer(const Result<HttpResponse> &answer)
{
    log(answer);
    m_client.noteOutcome(host(), answer);
    if (!answer)
        return retryOrFail(answer.error());
    m_client.noteWarnings(*answer);
    const int status = answer->status;
    if (status >= 400)
        handleRefusal(*answer);
    else if (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
        follow(*answer);
    else
        succeed(*answer);
}

void HttpJob::handleRefusal(const HttpResponse &response)
{
    if (response.status == 401 && m_request.signIn == HttpRequest::SignIn::Never)
        return succeed(response);
    if (response.status == m_request.expectedRefusal)
        return succeed(response);
    if (response.status == 401 && maySignIn() && !std::exchange(m_hasAnsweredChallenge, true))
        return answerChallenge(response);
    if (mayBeForWantOfSignIn(response) && !std::exchange(m_hasAnsweredChallenge, true))
        return answerChallenge(response);
    const Error error = refusalError(response);
    if (error.kind == Error::Kind::Unauthorized && maySignIn())
        return fail(m_client.m_authorizer->explainRefusal(m_request, error, m_sent));
    retryOrFail(error);
}

/// Some registries forbid what they should ask a sign-in for.
bool HttpJob::mayBeForWantOfSignIn(const HttpResponse &response) const
{
    return response.status == 403 && m_sent.isEmpty() && maySignIn()
           && m_client.m_authorizer->canSignIn(m_request);
}

void HttpJob::answerChallenge(const HttpResponse &response)
{
    runChild(m_client.m_authorizer->answerChallenge(m_request, response, m_sent),
             [this, response](const Result<Secret> &value) {
                 if (value)
                     return send(*value);
                 // That something is forbidden is an answer; what a sign-in failed over is none then.
                 fail(response.status == 403 ? refusalError(response) : value.error());
             });
}

void HttpJob::follow(const HttpResponse &response)
{
    if (m_request.redirects == HttpRequest::Redirects::Never)
        return succeed(response);
    // Upload locations come with 201 and 202; a redirected change is nothing we agreed to.
    if (!m_request.isSafe())
        return fail({Error::Kind::Policy,
                     tr("The server wants the change made elsewhere; that is not followed."),
                     {},
                     response.status});
    const QByteArray location = response.headers.value("Location");
    const QUrl target = response.url.resolved(QUrl::fromEncoded(location, QUrl::StrictMode));
    if (location.isEmpty() || !target.isValid())
        return fail(unexpectedStatus(response));
    if (auto checked = checkServerUrl(target, response.url); !checked)
        return fail(checked.error());
    if (m_visited.contains(target) || m_visited.size() > m_client.settings().mostRedirects)
        return fail({Error::Kind::Policy, tr("The server redirects without end."),
                     displayText(loggableUrl(target)), response.status});
    const bool leaves = Origin::of(target) != Origin::of(response.url);
    if (leaves && m_request.redirects == HttpRequest::Redirects::SameOrigin)
        return fail({Error::Kind::Policy,
                     tr("The server redirects to another host; that is not followed."),
                     displayText(loggableUrl(target)), response.status});
    m_redirectedBy = Origin::of(response.url);
    m_request = m_request.redirectedTo(target);
    authorize();
}

void HttpJob::retryOrFail(const Error &error)
{
    const bool mayRepeat = m_request.isSafe() || m_isUnsent;
    const auto delay = m_client.settings().retry.delayAfter(m_attempt, error, mayRepeat);
    const bool isLast = m_request.attempts > 0 && m_attempt >= m_request.attempts;
    if (!delay || isLast || m_client.seemsDown(host()) || (m_request.sink && m_hasReceived))
        return fail(error);
    ++m_attempt;
    emit m_client.retryScheduled(error, *delay);
    // From the start: what a redirect pointed to may have been signed for a short time only.
    m_request = m_original;
    m_visited.clear();
    m_redirectedBy.reset();
    m_retried = error;
    m_retryTime = QDeadlineTimer(*delay);
    QTimer::singleShot(*delay, this, [this] {
        m_retried.reset();
        if (!isRunning())
            return;
        const auto objection = m_client.objectionTo(m_request); // Much may have changed by now.
        if (objection)
            return fail(*objection);
        authorize();
    });
}

void HttpJob::log(const Result<HttpResponse> &answer) const
{
    if (!logHttp().isDebugEnabled())
        return; // The words take longer than many a request waits.
    const QString what = displayText(loggableUrl(m_request.url));
    if (answer)
        qCDebug(logHttp).noquote()
            << m_request.verb() << what << answer->status << m_clock.elapsed() << "ms";
    else
        qCDebug(logHttp).noquote() << m_request.verb() << what << answer.error().message;
}

} // namespace Longshore
