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

/// Over a connection with a buffer Qt sends a request again, and again, that ends without an
/// answer: what changes something must not go there.
ProxyFactory::Answers answersTo(const HttpRequest &request)
{
    const bool isSmall = request.isSafe() && request.priority != JobQueue::Priority::Transfer;
    return isSmall ? ProxyFactory::Answers::Small : ProxyFactory::Answers::Large;
}

} // namespace

ExchangeRunner::ExchangeRunner(std::shared_ptr<RateLimit> limit) : m_limit(std::move(limit))
{}

ExchangeRunner::~ExchangeRunner()
{
    for (const Running &running : std::as_const(m_running))
        delete running.exchange; // Before the manager that its reply belongs to.
}

/// The one that was used last: its connection is the likeliest to be open still.
QNetworkAccessManager *ExchangeRunner::freeNetwork(const HttpRequest &request,
                                                   ProxyFactory::Answers answers)
{
    if (QList<QNetworkAccessManager *> &idle = m_idle[answers]; !idle.isEmpty())
        return idle.takeLast();
    auto *network = new QNetworkAccessManager(this);
    network->setProxyFactory(new ProxyFactory(request.proxies, answers));
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
        m_idle[ended.answers].append(ended.network);
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
    exchange->setLimit(m_limit);
    const ProxyFactory::Answers answers = answersTo(request);
    QNetworkAccessManager *network = freeNetwork(request, answers);
    m_running.insert(id, {exchange, network, answers});
    exchange->start(*network);
}

void ExchangeRunner::abort(quint64 id)
{
    const Running ended = m_running.take(id);
    settle(ended);
    delete ended.exchange;
}

} // namespace Longshore
