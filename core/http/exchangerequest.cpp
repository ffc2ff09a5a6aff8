// SPDX-License-Identifier: Apache-2.0
#include "core/http/exchangerequest.h"

#include "core/base/displaytext.h"
#include "core/http/bodydevice.h"
#include "core/http/certificatenames.h"
#include "core/http/fingerprint.h"
#include "core/http/httprequest.h"
#include "core/http/httpresponse.h"
#include "core/http/memorydevice.h"
#include "core/http/proxyrules.h"
#include "core/http/refusedcertificate.h"
#include "core/http/tlssettings.h"
#include "core/http/uploadreply.h"
#include "core/http/urlpolicy.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using Refused = std::shared_ptr<const RefusedCertificate>;

constexpr qint64 largeBody = 1024 * 1024; // Below, a connection that is there counts more.

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExchangeRequest)
};

bool isPinning(const TlsSettings &tls)
{
    return !tls.pinnedSha256.isEmpty();
}

QSslConfiguration configurationOf(const TlsSettings &tls)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (isPinning(tls))
        configuration.setCaCertificates({}); // So that Qt refuses what we do not excuse.
    else
        configuration.addCaCertificates(tls.authorities);
    if (!tls.certificates.isEmpty()) {
        configuration.setLocalCertificateChain(tls.certificates);
        configuration.setPrivateKey(tls.key);
    }
    return configuration;
}

QNetworkRequest wireRequest(const HttpRequest &request)
{
    QNetworkRequest wire(request.url);
    // Qt would send the Authorization header on to any host, follow DELETE, decode bodies
    // behind our back, answer challenges with NTLM and hang on false HTTP/2.
    wire.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                      QNetworkRequest::ManualRedirectPolicy);
    wire.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    wire.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    wire.setRawHeader("Accept-Encoding", "identity");
    wire.setRawHeader("User-Agent", "Longshore/" LONGSHORE_VERSION);
    for (const auto &[name, value] : request.headers)
        wire.setRawHeader(name, value);
    if (request.tls)
        wire.setSslConfiguration(configurationOf(*request.tls));
    return wire;
}

/// Whether the user trusts this server whatever Qt finds wrong with its certificate.
bool isTrustedAnyway(const QNetworkReply &reply, const TlsSettings &tls)
{
    const QSslCertificate certificate = reply.sslConfiguration().peerCertificate();
    return isPinning(tls) ? fingerprintOf(certificate) == tls.pinnedSha256 : !tls.isVerified;
}

bool carriesSecrets(const HttpRequest &request)
{
    return request.asksForToken
           || std::any_of(request.headers.begin(), request.headers.end(), [](const auto &header) {
                  return header.first.compare("authorization", Qt::CaseInsensitive) == 0;
              });
}

Refused refused(const QNetworkReply &reply, const QList<QSslError> &errors, const TlsSettings *tls)
{
    auto chain = reply.sslConfiguration().peerCertificateChain();
    if (chain.isEmpty())
        chain.append(reply.sslConfiguration().peerCertificate());
    return std::make_shared<RefusedCertificate>(
        refusedCertificate(Origin::of(reply.url()).hostAndPort(), chain, errors, tls));
}

/// Of a reply, which tells only while it happens.
constexpr auto refusedProperty = "refusedCertificate";
constexpr auto begunProperty = "hasBegunToSend";

/// Whether no proxy stands in between.
bool isDirect(const HttpRequest &request)
{
    const auto proxy = routeTo(request.url, request.proxies.get());
    return proxy && proxy->type() == QNetworkProxy::NoProxy;
}

/// From \a signal on something has left, or is about to.
template <typename Sender, typename Signal>
void noteBegin(QNetworkReply &reply, const Sender &sender, Signal signal)
{
    QObject::connect(&sender, signal, &reply, [&reply] { reply.setProperty(begunProperty, true); });
}

QNetworkReply *sendBytes(QNetworkAccessManager &network, const QNetworkRequest &wire,
                         const HttpRequest &request)
{
    auto *bytes = new MemoryDevice(request.body);
    QNetworkReply *reply = network.sendCustomRequest(wire, request.verb(), bytes);
    bytes->setParent(reply);
    noteBegin(*reply, *bytes, &MemoryDevice::asked);
    return reply;
}

/// HEAD must not be sent as a custom verb: Qt would wait for a body.
QNetworkReply *replyTo(QNetworkAccessManager &network, const HttpRequest &request, BodyDevice *body)
{
    QNetworkRequest wire = wireRequest(request);
    if (body && body->total() >= largeBody && isDirect(request)) // It knows no proxies.
        return new UploadReply(wire, request.verb(), *body, &network);
    const bool isEmpty = body ? body->total() == 0 : request.body.isEmpty();
    if (body && !isEmpty) {
        // Without both, Qt would read the whole of it into memory first.
        wire.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        wire.setHeader(QNetworkRequest::ContentLengthHeader, body->total());
        return network.sendCustomRequest(wire, request.verb(), body);
    }
    switch (request.method) {
    case HttpRequest::Method::Get: return network.get(wire);
    case HttpRequest::Method::Head: return network.head(wire);
    case HttpRequest::Method::Delete: return network.deleteResource(wire);
    default: break;
    }
    if (!isEmpty)
        return sendBytes(network, wire, request);
    // Qt never tells that it has sent a body of no bytes, only that it has sent none.
    wire.setHeader(QNetworkRequest::ContentLengthHeader, 0);
    return network.sendCustomRequest(wire, request.verb(), static_cast<QIODevice *>(nullptr));
}

std::optional<Error> objectionToRoute(const HttpRequest &request)
{
    // The manager asks the same question.
    const auto proxy = routeTo(request.url, request.proxies.get());
    if (!proxy)
        return Error{Error::Kind::Policy,
                     Text::tr("The proxy for %1 is of a kind that is not supported; \"http\" and "
                              "\"socks5\" are.")
                         .arg(quotedText(Origin::of(request.url).hostAndPort()))};
    const bool isDirect = proxy->type() == QNetworkProxy::NoProxy;
    if (isDirect || request.url.scheme() != "http"_L1 || !carriesSecrets(request))
        return {};
    return Error{
        Error::Kind::Policy,
        Text::tr("The sign-in for %1 would pass the proxy %2 unencrypted. Use HTTPS, or "
                 "leave this host out of what the proxy is for.")
            .arg(quotedText(Origin::of(request.url).hostAndPort()), quotedText(proxy->hostName()))};
}

} // namespace

QNetworkReply *sendRequest(QNetworkAccessManager &network, const HttpRequest &request,
                           BodyDevice *body)
{
    QNetworkReply *reply = replyTo(network, request, body);
    noteBegin(*reply, *reply, &QNetworkReply::requestSent);
    if (body)
        noteBegin(*reply, *body, &BodyDevice::asked);
    QObject::connect(
        reply, &QNetworkReply::sslErrors, reply,
        [reply, tls = request.tls](const QList<QSslError> &errors) {
            if (tls && isTrustedAnyway(*reply, *tls)) // Qt keeps in mind what it shall ignore.
                return isPinning(*tls) ? reply->ignoreSslErrors(errors) : reply->ignoreSslErrors();
            reply->setProperty(refusedProperty,
                               QVariant::fromValue(refused(*reply, errors, tls.get())));
        });
    return reply;
}

void checkRoute(const HttpRequest &request, QObject *context,
                const std::function<void(const std::optional<Error> &)> &answer)
{
    if (const auto objection = objectionToRoute(request))
        return answer(objection);
    if (!request.referral)
        return answer({});
    Referral referral = *request.referral;
    if (!isDirect(request))
        referral.lookUp = lookUpNothing;
    checkReferral(request.url, referral, context, answer);
}

qint64 readHeaders(const QNetworkReply &reply, HttpResponse &response)
{
    qint64 size = 0;
    response.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        response.headers.insert(name, value);
        size += name.size() + value.size() + 4;
    }
    return size;
}

std::optional<Error> objectionToCertificate(const QNetworkReply &reply, const TlsSettings *tls)
{
    if (reply.url().scheme() != "https"_L1)
        return {};
    const QSslCertificate certificate = reply.sslConfiguration().peerCertificate();
    if (certificate.isNull()) // What a proxy says instead is no answer of the server.
        return Error{Error::Kind::Network,
                     Text::tr("The proxy for %1 does not let the connection through.")
                         .arg(quotedText(Origin::of(reply.url()).hostAndPort()))};
    if (tls && isTrustedAnyway(reply, *tls))
        return {};
    const bool isUnlikeThePinned = tls && isPinning(*tls);
    if (!isUnlikeThePinned && namesHost(certificate, reply.url().host()))
        return {};
    return certificateError(refused(reply, {}, tls));
}

std::shared_ptr<const RefusedCertificate> certificateRefusedFor(const QNetworkReply &reply)
{
    return reply.property(refusedProperty).value<Refused>();
}

bool hasFoundNobody(const QNetworkReply &reply)
{
    const bool isNobodyThere = reply.error() == QNetworkReply::ConnectionRefusedError
                               || reply.error() == QNetworkReply::HostNotFoundError;
    return isNobodyThere && !reply.property(begunProperty).toBool();
}

} // namespace Longshore
