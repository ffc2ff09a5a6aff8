// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/base/secret.h"
#include "core/http/httprequest.h"
#include "core/http/httpresponse.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QSet>

namespace Longshore {

class HttpClient;

/// A request until its answer: sign-in, redirects and retries included.
///
/// Succeeds with every status below 400; a refusal is an Error with the registry's own words.
/// Whoever gives a sink resumes by himself: once it has taken bytes, nothing is sent again.
/// Progress is in bytes, of a body from a source or for a sink.
///
/// What every job that asks a server may fail with:
/// - Policy: a URL, a redirect or a header that must not be sent, a sign-in that would pass a proxy
///   in the open, or a change on a connection that is read-only. Nothing was sent.
/// - Network, Timeout, Tls: there was no answer, or no whole one.
/// - Ambiguous: a change was sent, and its answer is lost.
/// - Unauthorized, Forbidden, NotFound, RateLimited, Unsupported, TooLarge, Protocol: the server
///   refused, as refusalError() reads it; the latter two also when the answer is larger than
///   HttpRequest::maximumBody, or makes no sense.
/// - whatever HttpRequest::sink or HttpRequest::source says.
class HttpJob final : public ResultJob<HttpResponse>
{
    Q_OBJECT

public:
    /// Belongs to \a client, and is cancelled with it even when another job has adopted it.
    HttpJob(HttpClient &client, const HttpRequest &request);

    /// Why the last try failed, while the next one waits for its time; else nothing.
    [[nodiscard]] const std::optional<Error> &retriedError() const noexcept { return m_retried; }
    /// When the next try begins.
    [[nodiscard]] const QDeadlineTimer &retryTime() const noexcept { return m_retryTime; }

private:
    void doStart() override;
    void authorize();
    void send(const Secret &authorization);
    void handleAnswer(const Result<HttpResponse> &answer);
    void handleRefusal(const HttpResponse &response);
    [[nodiscard]] bool mayBeForWantOfSignIn(const HttpResponse &response) const;
    void answerChallenge(const HttpResponse &response);
    void follow(const HttpResponse &response);
    void retryOrFail(const Error &error);
    [[nodiscard]] QString host() const; ///< Asked at the moment.
    [[nodiscard]] bool maySignIn() const;
    void log(const Result<HttpResponse> &answer) const;

    HttpClient &m_client;
    const HttpRequest m_original;
    HttpRequest m_request; ///< The original, or what a redirect made of it.
    QSet<QUrl> m_visited;
    std::optional<Origin> m_redirectedBy; ///< The last one that did.
    QElapsedTimer m_clock;
    int m_attempt = 1;
    std::optional<Error> m_retried;
    QDeadlineTimer m_retryTime;
    Secret m_sent; ///< What stood in the Authorization header last.
    bool m_hasAnsweredChallenge = false;
    bool m_hasReceived = false;
    bool m_isUnsent = false; ///< Nothing has left of the last try.
};

} // namespace Longshore
