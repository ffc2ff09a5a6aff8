// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslServer>
#include <QUrl>

/// A certificate, a key or both of the tests; made for 127.0.0.1, signed by tests/data/tls/ca.pem.
[[nodiscard]] QString tlsData(const QString &name);

/// Answers everything over TLS on 127.0.0.1, and keeps what it was asked.
class TlsServer
{
public:
    enum class Clients { Anybody, WithCertificate };

    explicit TlsServer(const QString &certificate, Clients clients = Clients::Anybody);

    [[nodiscard]] QUrl url() const;
    [[nodiscard]] const QByteArray &received() const { return m_received; }

private:
    void answer(QTcpSocket *socket);

    QByteArray m_received;
    QSslServer m_server;
};
