// SPDX-License-Identifier: Apache-2.0
#include "core/http/exchangerunner.h"

#include "core/http/proxyrules.h"

#include <QNetworkAccessManager>
#include <QNetworkCookieJar>

namespace Longshore {

namespace {

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

/// The one that was used last: its connection is the likeliest to be open still.
QNetworkAccessManager *ExchangeRunner::freeNetwork(const std::shared_ptr<const ProxyRules> &proxies)
{
    if (!m_idle.isEmpty())
        return m_idle.takeLast();
    auto *network = new QNetworkAccessManager(this);
    network->setProxyFactory(new ProxyFactory(proxies));
    network->setCookieJar(new NoCookies(network));
    return network;
}

/// A socket that nobody has found good may be there all the same, and Qt would use it without a
/// word: its manager goes with it.
void ExchangeRunner::settle(const Running &ended)
{
    if (!ended.exchange)
        return;
    if (ended.exchange->isServerKnown())
        m_idle.append(ended.network);
    else
        ended.network->deleteLater();
}

void ExchangeRunner::start(quint64 id, const HttpRequest &request, const HttpTimeouts &timeouts,
                           Exchange::Observer observer)
{
    // The exchange leaves the list before anybody hears that it is over.
    observer.finished = [this, id, tell = std::move(observer.finished)](const auto &result) {
        const Running ended = m_running.take(id);
        settle(ended);
        if (ended.exchange)
            ended.exchange->deleteLater();
        tell(result);
    };
    auto *exchange = new Exchange(request, timeouts, std::move(observer), this);
    QNetworkAccessManager *network = freeNetwork(request.proxies);
    m_running.insert(id, {exchange, network});
    exchange->start(*network);
}

void ExchangeRunner::abort(quint64 id)
{
    const Running ended = m_running.take(id);
    settle(ended);
    delete ended.exchange;
}

} // namespace Longshore
