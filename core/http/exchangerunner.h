// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/exchange.h"
#include "core/http/proxyrules.h"

#include <QHash>

#include <memory>

class QNetworkAccessManager;

namespace Longshore {

/// The QNetworkAccessManagers of one connection, and what runs on them.
///
/// Made anywhere, used and destroyed in a network thread. Each connection has its own, because Qt
/// shares sockets between all requests of a manager, whatever their TLS settings. A manager carries
/// one request at a time: with several, Qt opens sockets in excess, and what goes over these is
/// sent before anybody has looked at the certificate.
class ExchangeRunner final : public QObject
{
    Q_OBJECT

public:
    /// Holds bodies back as \a limit says.
    explicit ExchangeRunner(std::shared_ptr<RateLimit> limit);
    ~ExchangeRunner() override;

    /// Sends the request, which abort() knows by \a id.
    void start(quint64 id, const HttpRequest &request, const HttpTimeouts &timeouts,
               Exchange::Observer observer);
    /// Stops the exchange without a word; unknown numbers are ignored.
    void abort(quint64 id);

private:
    struct Running
    {
        Exchange *exchange = nullptr;
        QNetworkAccessManager *network = nullptr;
        ProxyFactory::Answers answers{}; ///< That the manager is for.
    };

    QNetworkAccessManager *freeNetwork(const HttpRequest &request, ProxyFactory::Answers answers);
    void settle(const Running &ended);

    const std::shared_ptr<RateLimit> m_limit;
    // Made where they are used; children, as all are.
    QHash<ProxyFactory::Answers, QList<QNetworkAccessManager *>> m_idle;
    QHash<quint64, Running> m_running;
};

} // namespace Longshore
