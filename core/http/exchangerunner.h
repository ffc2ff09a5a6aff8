// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/exchange.h"

#include <QHash>

#include <memory>

class QNetworkAccessManager;

namespace Longshore {

/// The QNetworkAccessManager of one connection, and what runs on it.
///
/// Made anywhere, used and destroyed in a network thread. One for each connection, because Qt
/// shares sockets between all requests of a manager, whatever their TLS settings.
class ExchangeRunner final : public QObject
{
    Q_OBJECT

public:
    ExchangeRunner();
    ~ExchangeRunner() override;

    void start(quint64 id, const HttpRequest &request, const HttpTimeouts &timeouts,
               Exchange::Observer observer);
    /// Stops the exchange without a word; unknown numbers are ignored.
    void abort(quint64 id);

private:
    QNetworkAccessManager &network();

    std::unique_ptr<QNetworkAccessManager> m_network; // Made where it is used.
    QHash<quint64, Exchange *> m_running;
};

} // namespace Longshore
