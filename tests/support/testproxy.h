// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslConfiguration>
#include <QStringList>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>

/// Passes bytes on to a server on 127.0.0.1: as a proxy of HTTP, which is told by CONNECT where to
/// go and goes where the test says, as a mere wire, or as a wire that takes TLS off.
class TestProxy
{
public:
    enum class Form { Connect, Wire };

    TestProxy(Form form, quint16 target);
    TestProxy(const QSslConfiguration &configuration, quint16 target);
    ~TestProxy();

    [[nodiscard]] quint16 port() const { return m_server->serverPort(); }
    [[nodiscard]] QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(port()); }

    /// With which it answers CONNECT; whoever is let through gets 200.
    void setAnswer(const QByteArray &statusAndHeaders) { m_answer = statusAndHeaders; }
    /// Lets only those through who show this in Proxy-Authorization.
    void setPassword(const QByteArray &expected) { m_expected = expected; }
    /// Closes each connection when so many bytes have come from the server.
    void setLimit(qint64 bytes) { m_limit = bytes; }

    /// The hosts of every CONNECT.
    [[nodiscard]] const QStringList &asked() const { return m_asked; }
    /// All that was said to the proxy itself.
    [[nodiscard]] const QByteArray &received() const { return m_received; }
    [[nodiscard]] int connectionCount() const { return m_connectionCount; }

private:
    void listen();
    void accept(QTcpSocket *client);
    void readHead(QTcpSocket *client);
    void join(QTcpSocket *client);
    [[nodiscard]] bool isLetThrough(const QByteArray &head) const;

    const Form m_form;
    const quint16 m_target;
    QByteArray m_answer;
    QByteArray m_expected;
    QByteArray m_received;
    QStringList m_asked;
    qint64 m_limit = -1;
    int m_connectionCount = 0;
    std::unique_ptr<QTcpServer> m_server;
};
