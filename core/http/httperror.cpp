// SPDX-License-Identifier: Apache-2.0
#include "core/http/httperror.h"

#include "core/base/displaytext.h"
#include "core/http/authchallenge.h"
#include "core/http/contentcoding.h"
#include "core/http/exchangerequest.h"
#include "core/http/httpresponse.h"
#include "core/http/refusedcertificate.h"
#include "core/http/retrypolicy.h"
#include "core/http/urlpolicy.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QSslConfiguration>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qint64 mostReasonBytes = 64 * 1024;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HttpError)
};

QString hostOf(const QUrl &url)
{
    return quotedText(Origin::of(url).hostAndPort());
}

Error::Kind kindOf(QNetworkReply::NetworkError code)
{
    switch (code) {
    case QNetworkReply::SslHandshakeFailedError: return Error::Kind::Tls;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError: return Error::Kind::Timeout;
    case QNetworkReply::ProxyAuthenticationRequiredError: return Error::Kind::Forbidden;
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::UnknownContentError: return Error::Kind::Protocol;
    default: return Error::Kind::Network;
    }
}

QString sentenceFor(QNetworkReply::NetworkError code, const QString &host)
{
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
        return Text::tr("No server answers at %1: the connection was refused.").arg(host);
    case QNetworkReply::HostNotFoundError:
        return Text::tr("There is no host named %1. Check the address.").arg(host);
    case QNetworkReply::SslHandshakeFailedError:
        return Text::tr("No trusted connection to %1: its certificate was not accepted, or it "
                        "does not speak TLS.")
            .arg(host);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
        return Text::tr("The proxy for %1 does not answer.").arg(host);
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return Text::tr("The proxy for %1 asks for a sign-in.").arg(host);
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::UnknownContentError:
        return Text::tr("What %1 answers is not HTTP.").arg(host);
    default: return Text::tr("The connection to %1 was closed before the answer.").arg(host);
    }
}

/// What a registry misses, as some put it: alone or as a member. Other details are left out, because
/// they may tell of the inside of the server.
QString missingDigest(const QJsonValue &detail)
{
    static const QRegularExpression form(u"\\A[a-z0-9+._-]+:[A-Za-z0-9=_-]+\\z"_s);
    const QString text = detail.isObject() ? detail["digest"_L1].toString() : detail.toString();
    return form.match(text).hasMatch() ? text : QString();
}

/// All that a registry says, each thing once: of a manifest several blobs may be missing.
QString joinedMessages(const QJsonArray &errors)
{
    QStringList messages;
    for (const auto &error : errors) {
        QString message = error["message"_L1].toString();
        const QString digest = missingDigest(error["detail"_L1]);
        if (!digest.isEmpty() && !message.contains(digest))
            message += message.isEmpty() ? digest : ": "_L1 + digest;
        if (!message.isEmpty())
            messages.append(message);
    }
    messages.removeDuplicates();
    return messages.join("; "_L1);
}

/// The registry's errors[], or what token servers and gateways write instead.
void readReason(const QByteArray &body, Error &error)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const QJsonArray errors = object.value("errors"_L1).toArray();
    error.serverCode = displayText(errors.first()["code"_L1].toString(), 64);
    QString words = joinedMessages(errors);
    for (const auto member : {"details"_L1, "message"_L1, "error_description"_L1, "error"_L1}) {
        if (words.isEmpty())
            words = object.value(member).toString();
    }
    if (words.isEmpty() && object.isEmpty() && !body.trimmed().startsWith('<'))
        words = QString::fromUtf8(body.left(shownLength)).simplified();
    error.detail = displayText(words);
}

Error::Kind kindOf(int status)
{
    switch (status) {
    case 401: return Error::Kind::Unauthorized;
    case 403: return Error::Kind::Forbidden;
    case 404: return Error::Kind::NotFound;
    case 405: return Error::Kind::Unsupported;
    case 407: return Error::Kind::Forbidden;
    case 408: return Error::Kind::Timeout;
    case 413: return Error::Kind::TooLarge;
    case 429: return Error::Kind::RateLimited;
    default: return Error::Kind::Protocol;
    }
}

QString sentenceFor(int status, const QString &host)
{
    switch (status) {
    case 401: return Text::tr("%1 asks for a sign-in.").arg(host);
    case 403: return Text::tr("You are not allowed to do this on %1.").arg(host);
    case 404: return Text::tr("%1 does not have it, or you may not see it.").arg(host);
    case 405: return Text::tr("%1 does not offer this.").arg(host);
    case 407: return Text::tr("The proxy for %1 asks for a sign-in.").arg(host);
    case 413: return Text::tr("%1 finds this too large.").arg(host);
    case 429: return Text::tr("%1 asks to wait: too many requests.").arg(host);
    default: break;
    }
    if (status >= 500)
        return Text::tr("%1 failed (status %2). Try again later.").arg(host).arg(status);
    return Text::tr("%1 refused the request (status %2).").arg(host).arg(status);
}

/// A token that is good but does not reach: signed in, but not allowed. RFC 6750, 3.1.
void explainMissingRight(const HttpResponse &response, Error &error)
{
    const auto challenges = parseChallenges(response.headers.value("WWW-Authenticate"));
    for (const AuthChallenge &challenge : challenges) {
        if (challenge.parameters.value("error") != "insufficient_scope")
            continue;
        error.kind = Error::Kind::Forbidden;
        error.message = sentenceFor(403, hostOf(response.url));
        error.detail = displayText(QString::fromUtf8(challenge.parameters.value("scope")));
    }
}

/// Whether there was no way to the server because its proxy makes none. Qt says the same of that as
/// of a server that refuses.
bool isRefusedByProxy(const QNetworkReply &reply)
{
    using Code = QNetworkReply::NetworkError;
    static const QList<Code> codes{Code::HostNotFoundError, Code::ConnectionRefusedError,
                                   Code::RemoteHostClosedError, Code::UnknownNetworkError,
                                   Code::UnknownProxyError};
    const QNetworkAccessManager *manager = reply.manager();
    QNetworkProxyFactory *proxies = manager ? manager->proxyFactory() : nullptr;
    return proxies && codes.contains(reply.error()) && reply.url().scheme() == "https"_L1
           && reply.sslConfiguration().peerCertificate().isNull()
           && proxies->queryProxy(QNetworkProxyQuery(reply.url())).constFirst().type()
                  != QNetworkProxy::NoProxy;
}

} // namespace

Error networkError(const QNetworkReply &reply, Progress progress)
{
    const QString host = hostOf(reply.url());
    const QNetworkReply::NetworkError code = reply.error();
    if (code == QNetworkReply::SslHandshakeFailedError) {
        if (const auto refused = certificateRefusedFor(reply))
            return certificateError(refused);
    }
    if (isRefusedByProxy(reply))
        return {Error::Kind::Network,
                Text::tr("The proxy for %1 does not let the connection through.").arg(host),
                displayText(reply.errorString())};
    Error error{kindOf(code), sentenceFor(code, host), displayText(reply.errorString())};
    if (progress.hadAnswer && error.kind == Error::Kind::Network)
        error.message =
            Text::tr("The connection to %1 broke in the middle of the answer.").arg(host);
    if (progress.mayHaveHappened) {
        error.kind = Error::Kind::Ambiguous;
        error.message =
            Text::tr("The answer of %1 was lost; the change may have been made.").arg(host);
    }
    return error;
}

Error timeoutError(const QUrl &url, bool wasSent, bool mayHaveHappened)
{
    const QString host = hostOf(url);
    if (mayHaveHappened)
        return {Error::Kind::Ambiguous,
                Text::tr("%1 took too long to answer; the change may have been made.").arg(host)};
    return {Error::Kind::Timeout, wasSent ? Text::tr("%1 took too long to answer.").arg(host)
                                          : Text::tr("No server answers at %1.").arg(host)};
}

Error refusalError(const HttpResponse &response)
{
    const QString host = hostOf(response.url);
    Error error{kindOf(response.status), sentenceFor(response.status, host)};
    error.httpStatus = response.status;
    if (const auto body = plainBody(response, mostReasonBytes))
        readReason(*body, error);
    error.retryAfter = parseRetryAfter(response.headers.value("Retry-After"));
    if (response.status == 401)
        explainMissingRight(response, error);
    return error;
}

Error unexpectedStatus(const HttpResponse &response)
{
    Error error{Error::Kind::Protocol, Text::tr("%1 gave an unexpected answer (status %2).")
                                           .arg(hostOf(response.url))
                                           .arg(response.status)};
    error.httpStatus = response.status;
    return error;
}

Result<Done> checkChange(const HttpResponse &response)
{
    const bool isSuccess = response.status >= 200 && response.status < 300;
    if (!isSuccess || response.headers.value("Content-Type").toLower().startsWith("text/html"))
        return unexpectedStatus(response);
    return Done();
}

} // namespace Longshore
