// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslConfiguration>
#include <QSslServer>
#include <QUrl>

/// A certificate, a key or both of the tests. Those of servers have the same key and are made for
/// 127.0.0.1, but for elsewhere.pem; server.pem is signed by ca.pem, the others by another-ca.pem,
/// or by themselves.
[[nodiscard]] QString tlsData(const QString &name);

/// Answers everything over TLS on 127.0.0.1, or lets another server answer, and keeps what it was
/// asked.
class TlsServer
{
public:
    enum class Clients { Anybody, WithCertificate };

    explicit TlsServer(const QString &certificate, Clients clients = Clients::Anybody);

    /// For connections from now on.
    void setCertificate(const QString &certificate);
    /// Passes everything on to a port of 127.0.0.1, and brings the answers back.
    void passOnTo(quint16 port) { m_port = port; }
    [[nodiscard]] QUrl url() const;
    /// "127.0.0.1:12345"
    [[nodiscard]] QString host() const { return url().authority(); }
    [[nodiscard]] const QByteArray &received() const { return m_received; }

private:
    void answer(QTcpSocket *socket);
    void passOn(QTcpSocket *socket);

    QByteArray m_received;
    QSslConfiguration m_configuration;
    quint16 m_port = 0;
    QSslServer m_server;
};
