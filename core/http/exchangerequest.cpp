// SPDX-License-Identifier: Apache-2.0
#include "core/http/exchangerequest.h"

#include "core/base/displaytext.h"
#include "core/base/hasher.h"
#include "core/http/bodydevice.h"
#include "core/http/httprequest.h"
#include "core/http/tlssettings.h"
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

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExchangeRequest)
};

QSslConfiguration configurationOf(const TlsSettings &tls)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.addCaCertificates(tls.authorities);
    if (!tls.certificate.isNull()) {
        configuration.setLocalCertificate(tls.certificate);
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

bool isPinned(const QSslCertificate &certificate, const TlsSettings &tls)
{
    return !tls.pinnedSha256.isEmpty() && Hasher::hash(certificate.toDer()) == tls.pinnedSha256;
}

bool carriesSecrets(const HttpRequest &request)
{
    return request.asksForToken
           || std::any_of(request.headers.begin(), request.headers.end(), [](const auto &header) {
                  return header.first.compare("authorization", Qt::CaseInsensitive) == 0;
              });
}

} // namespace

/// HEAD must not be sent as a custom verb: Qt would wait for a body.
QNetworkReply *sendRequest(QNetworkAccessManager &network, const HttpRequest &request,
                           BodyDevice *body)
{
    QNetworkRequest wire = wireRequest(request);
    if (body) {
        // Without both, Qt would read the whole of it into memory first.
        wire.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        wire.setHeader(QNetworkRequest::ContentLengthHeader, body->total());
        return network.sendCustomRequest(wire, request.verb(), body);
    }
    switch (request.method) {
    case HttpRequest::Method::Get: return network.get(wire);
    case HttpRequest::Method::Head: return network.head(wire);
    case HttpRequest::Method::Delete: return network.deleteResource(wire);
    default: return network.sendCustomRequest(wire, request.verb(), request.body);
    }
}

std::optional<Error> objectionToRoute(const HttpRequest &request)
{
    if (request.url.scheme() != "http"_L1 || !carriesSecrets(request))
        return {};
    // The manager asks the same question; the environment is enough for a proxy to be used.
    const auto proxies = QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(request.url));
    const auto proxy = std::find_if(proxies.begin(), proxies.end(), [](const QNetworkProxy &one) {
        return one.type() != QNetworkProxy::NoProxy;
    });
    if (proxy == proxies.end())
        return {};
    return Error{
        Error::Kind::Policy,
        Text::tr("The sign-in for %1 would pass the proxy %2 unencrypted. Use HTTPS, or "
                 "leave this host out of what the proxy is for.")
            .arg(quotedText(Origin::of(request.url).hostAndPort()), quotedText(proxy->hostName()))};
}

bool isTrustedAnyway(const QNetworkReply &reply, const TlsSettings &tls)
{
    return !tls.isVerified || isPinned(reply.sslConfiguration().peerCertificate(), tls);
}

std::optional<Error> objectionToCertificate(const QNetworkReply &reply, const TlsSettings *tls)
{
    const QSslCertificate certificate = reply.sslConfiguration().peerCertificate();
    if (tls && isTrustedAnyway(reply, *tls))
        return {};
    if (tls && !tls->pinnedSha256.isEmpty())
        return Error{Error::Kind::Tls,
                     Text::tr("%1 shows another certificate than the one that you trust.")
                         .arg(quotedText(Origin::of(reply.url()).hostAndPort()))};
    // Qt would fall back to the common name, which nobody has checked for years. RFC 9110, 4.3.4.
    if (!certificate.subjectAlternativeNames().isEmpty())
        return {};
    return Error{Error::Kind::Tls,
                 Text::tr("The certificate of %1 does not say which hosts it is for (it has no "
                          "subject alternative name).")
                     .arg(quotedText(Origin::of(reply.url()).hostAndPort()))};
}

} // namespace Longshore
