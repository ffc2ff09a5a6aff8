// SPDX-License-Identifier: Apache-2.0
#include "core/http/exchangerunner.h"

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
    qDeleteAll(m_running); // Before the manager that their replies belong to.
}

QNetworkAccessManager &ExchangeRunner::network()
{
    if (!m_network) {
        m_network = std::make_unique<QNetworkAccessManager>();
        m_network->setCookieJar(new NoCookies(m_network.get()));
    }
    return *m_network;
}

void ExchangeRunner::start(quint64 id, const HttpRequest &request, const HttpTimeouts &timeouts,
                           Exchange::Observer observer)
{
    // The exchange leaves the list before anybody hears that it is over.
    observer.finished = [this, id, tell = std::move(observer.finished)](const auto &result) {
        if (Exchange *exchange = m_running.take(id))
            exchange->deleteLater();
        tell(result);
    };
    auto *exchange = new Exchange(request, timeouts, std::move(observer), this);
    m_running.insert(id, exchange);
    exchange->start(network());
}

void ExchangeRunner::abort(quint64 id)
{
    delete m_running.take(id);
}

} // namespace Longshore
