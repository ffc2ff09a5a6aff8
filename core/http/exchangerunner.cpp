// SPDX-License-Identifier: Apache-2.0
#include "core/http/exchangerunner.h"

#include "core/http/proxyrules.h"

#include <QNetworkAccessManager>
#include <QNetworkCookieJar>

#include <algorithm>

namespace Longshore {

namespace {

constexpr int mostAtOnce = 6; // Qt's own limit for one host.

/// Qt's jar would carry cookies from one port of a host to another.
class NoCookies final : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    [[nodiscard]] QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

} // namespace

ExchangeRunner::ExchangeRunner() = default;

ExchangeRunner::~ExchangeRunner()
{
    for (const Running &running : std::as_const(m_running))
        delete running.exchange; // Before the manager that its reply belongs to.
}

/// The first that has a free place: so its connections are used again.
QNetworkAccessManager &ExchangeRunner::freeNetwork(const std::shared_ptr<const ProxyRules> &proxies)
{
    for (const auto &network : m_networks) {
        const auto busy =
            std::count_if(m_running.begin(), m_running.end(),
                          [&](const Running &running) { return running.network == network.get(); });
        if (busy < mostAtOnce)
            return *network;
    }
    m_networks.push_back(std::make_unique<QNetworkAccessManager>());
    m_networks.back()->setProxyFactory(new ProxyFactory(proxies));
    m_networks.back()->setCookieJar(new NoCookies(m_networks.back().get()));
    return *m_networks.back();
}

void ExchangeRunner::start(quint64 id, const HttpRequest &request, const HttpTimeouts &timeouts,
                           Exchange::Observer observer)
{
    // The exchange leaves the list before anybody hears that it is over.
    observer.finished = [this, id, tell = std::move(observer.finished)](const auto &result) {
        if (Exchange *exchange = m_running.take(id).exchange)
            exchange->deleteLater();
        tell(result);
    };
    auto *exchange = new Exchange(request, timeouts, std::move(observer), this);
    QNetworkAccessManager &network = freeNetwork(request.proxies);
    m_running.insert(id, {exchange, &network});
    exchange->start(network);
}

void ExchangeRunner::abort(quint64 id)
{
    delete m_running.take(id).exchange;
}

} // namespace Longshore
