// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/testcertificates.h"

#include <QPointer>
#include <QSslConfiguration>
#include <QSslServer>
#include <QSslSocket>
#include <QUrl>

#include <functional>

/// A TLS server of a test on 127.0.0.1 whose configuration may change between two connections. What
/// it says is up to a handler, which is called for each request without a body.
class TlsListener
{
public:
    using Handler = std::function<void(QSslSocket &)>;

    explicit TlsListener(const QSslConfiguration &configuration);

    /// What shows \a chain, the server's own certificate first.
    [[nodiscard]] static QSslConfiguration showing(const QList<QSslCertificate> &chain,
                                                   const QSslKey &key);
    [[nodiscard]] static QSslConfiguration showing(const TestCertificate &certificate)
    {
        return showing({certificate.certificate()}, certificate.key());
    }
    void setConfiguration(const QSslConfiguration &configuration)
    {
        m_server.setSslConfiguration(configuration);
    }
    /// "200 ok" by default.
    void setHandler(Handler handler) { m_handler = std::move(handler); }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QUrl url(const QString &host = QStringLiteral("127.0.0.1")) const;
    /// Every byte that came out of the encryption.
    [[nodiscard]] const QByteArray &received() const { return m_received; }
    [[nodiscard]] int connectionCount() const { return m_connectionCount; } ///< With a handshake.

private:
    void read(QSslSocket &socket);

    QByteArray m_received;
    Handler m_handler;
    int m_connectionCount = 0;
    QSslServer m_server;
};
