// SPDX-License-Identifier: Apache-2.0
#include "core/http/proxyrules.h"

#include "core/http/urlpolicy.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

/// "proxy.lab:3128" as "http://proxy.lab:3128".
QUrl readProxy(const QString &text)
{
    const QString trimmed = text.trimmed();
    return trimmed.isEmpty() || trimmed.contains("://"_L1)
               ? QUrl(trimmed, QUrl::StrictMode)
               : QUrl(QString("http://"_L1 + trimmed), QUrl::StrictMode);
}

QString variable(const QProcessEnvironment &environment, const QString &name)
{
    const QString lower = environment.value(name.toLower());
    return lower.isEmpty() ? environment.value(name) : lower;
}

/// The port behind a host, which is taken off; -1 for none. An IPv6 address has brackets then.
int takePort(QString &text)
{
    static const QRegularExpression grammar(u"\\A(\\[.*\\]|[^:]*):([0-9]{1,5})\\z"_s);
    const auto match = grammar.match(text);
    if (!match.hasMatch())
        return -1;
    text = match.captured(1);
    return match.capturedView(2).toInt();
}

QString withoutBrackets(const QString &host)
{
    return host.startsWith(u'[') && host.endsWith(u']') ? host.mid(1, host.size() - 2) : host;
}

/// The address as it is, and not in the clothes of IPv6.
QHostAddress plainAddress(const QString &host)
{
    const QHostAddress address(host);
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : address;
}

std::optional<QNetworkProxy> proxyOf(const QUrl &url)
{
    if (url.isEmpty())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const bool isSocks = url.scheme() == "socks5"_L1 || url.scheme() == "socks5h"_L1;
    if ((!isSocks && url.scheme() != "http"_L1) || url.host().isEmpty())
        return {};
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy,
                         url.host(), static_cast<quint16>(url.port(isSocks ? 1080 : 80)),
                         url.userName(QUrl::FullyDecoded), url.password(QUrl::FullyDecoded));
}

} // namespace

ProxyRules ProxyRules::fromEnvironment(const QProcessEnvironment &environment)
{
    ProxyRules rules;
    const QString all = variable(environment, u"ALL_PROXY"_s);
    const auto read = [&](const QString &name) {
        const QString own = variable(environment, name);
        return readProxy(own.isEmpty() ? all : own);
    };
    // In a CGI script this one is a header that anybody can send.
    if (!environment.contains(u"REQUEST_METHOD"_s))
        rules.m_forHttp = read(u"HTTP_PROXY"_s);
    rules.m_forHttps = read(u"HTTPS_PROXY"_s);
    rules.addExceptions(variable(environment, u"NO_PROXY"_s));
    return rules;
}

std::shared_ptr<const ProxyRules> ProxyRules::ofEnvironment()
{
    const ProxyRules rules = fromEnvironment(QProcessEnvironment::systemEnvironment());
    return rules.isEmpty() ? nullptr : std::make_shared<ProxyRules>(rules);
}

ProxyRules ProxyRules::through(const QString &proxy, const QString &exceptions)
{
    ProxyRules rules;
    rules.m_forHttp = readProxy(proxy);
    rules.m_forHttps = rules.m_forHttp;
    rules.addExceptions(exceptions);
    return rules;
}

std::optional<ProxyRules::Exception> ProxyRules::readException(QString text)
{
    Exception exception;
    if (text.contains(u'/')) {
        const auto subnet = QHostAddress::parseSubnet(text);
        if (subnet.first.isNull())
            return {};
        exception.subnet = subnet;
        return exception;
    }
    exception.port = takePort(text);
    text = withoutBrackets(text);
    if (const QHostAddress address = plainAddress(text); !address.isNull()) {
        const bool isV4 = address.protocol() == QAbstractSocket::IPv4Protocol;
        exception.subnet.emplace(address, isV4 ? 32 : 128);
        return exception;
    }
    if (text.startsWith("*."_L1))
        text.remove(0, 1);
    exception.isItself = !text.startsWith(u'.');
    exception.host = text.mid(exception.isItself ? 0 : 1).toLower();
    return exception.host.isEmpty() ? std::nullopt : std::optional(exception);
}

void ProxyRules::addExceptions(const QString &list)
{
    static const QRegularExpression separator(u"[,\\s]+"_s);
    for (const QString &text : list.split(separator, Qt::SkipEmptyParts)) {
        m_isOff = m_isOff || text == "*"_L1;
        if (const auto exception = readException(text))
            m_exceptions.append(*exception);
    }
}

bool ProxyRules::isException(const QUrl &url) const
{
    const QString host = url.host();
    const QHostAddress address = plainAddress(host);
    const int port = Origin::of(url).port;
    return std::any_of(m_exceptions.begin(), m_exceptions.end(), [&](const Exception &one) {
        if (one.port != -1 && one.port != port)
            return false;
        if (one.subnet)
            return !address.isNull() && address.isInSubnet(*one.subnet);
        return (one.isItself && host == one.host) || host.endsWith(QString(u'.' + one.host));
    });
}

QUrl ProxyRules::proxyFor(const QUrl &url) const
{
    if (m_isOff || isLoopbackHost(url.host()) || isException(url))
        return {};
    return url.scheme() == "https"_L1 ? m_forHttps : m_forHttp;
}

std::optional<QNetworkProxy> routeTo(const QUrl &url, const ProxyRules *rules)
{
    if (rules)
        return proxyOf(rules->proxyFor(url));
    if (isLoopbackHost(url.host()))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const auto proxies = QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(url));
    return proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.first();
}

/// Whether a socket that takes the proxy of the application takes none.
static bool isDirectByDefault(const QUrl &url)
{
    const QNetworkProxyQuery query(url.host(), url.port(80));
    return QNetworkProxyFactory::proxyForQuery(query).value(0).type() == QNetworkProxy::NoProxy;
}

QList<QNetworkProxy> ProxyFactory::queryProxy(const QNetworkProxyQuery &query)
{
    const QUrl url = query.url();
    // One that cannot be used never gets this far: objectionToRoute() refuses the request.
    const auto route = routeTo(url, m_rules.get()).value_or(QNetworkProxy::NoProxy);
    const bool isDirect = route.type() == QNetworkProxy::NoProxy && url.scheme() == "http"_L1;
    if (isDirect && m_answers == Answers::Small && isDirectByDefault(url))
        return {QNetworkProxy(QNetworkProxy::DefaultProxy)}; // The same, but Qt cannot know.
    return {route};
}

} // namespace Longshore
