// SPDX-License-Identifier: Apache-2.0
#include "support/testproxy.h"

#include <QSslServer>

TestProxy::TestProxy(Form form, quint16 target)
    : m_form(form), m_target(target), m_server(std::make_unique<QTcpServer>())
{
    listen();
}

TestProxy::TestProxy(const QSslConfiguration &configuration, quint16 target)
    : m_form(Form::Wire), m_target(target)
{
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    m_server = std::move(server);
    listen();
}

void TestProxy::listen()
{
    QObject::connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, m_server.get(),
                     [this] {
                         while (QTcpSocket *client = m_server->nextPendingConnection())
                             accept(client);
                     });
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("A test proxy cannot listen.");
}

TestProxy::~TestProxy() = default;

void TestProxy::accept(QTcpSocket *client)
{
    ++m_connectionCount;
    QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    if (m_form == Form::Wire)
        return join(client);
    QObject::connect(client, &QTcpSocket::readyRead, client, [this, client] { readHead(client); });
}

bool TestProxy::isLetThrough(const QByteArray &head) const
{
    return m_answer.isEmpty()
           && (m_expected.isEmpty()
               || head.contains(QByteArray("Proxy-Authorization: " + m_expected)));
}

void TestProxy::readHead(QTcpSocket *client)
{
    const QByteArray head = client->readAll();
    m_received += head;
    m_asked.append(QString::fromLatin1(head.split(' ').value(1)));
    if (!isLetThrough(head)) {
        const QByteArray refusal = "407 No\r\nProxy-Authenticate: Basic realm=\"proxy\"";
        client->write("HTTP/1.1 " + (m_answer.isEmpty() ? refusal : m_answer)
                      + "\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    QObject::disconnect(client, &QTcpSocket::readyRead, nullptr, nullptr);
    client->write("HTTP/1.1 200 Through\r\n\r\n");
    join(client);
}

void TestProxy::join(QTcpSocket *client)
{
    auto *server = new QTcpSocket(client);
    QObject::connect(client, &QTcpSocket::readyRead, server,
                     [=] { server->write(client->readAll()); });
    QObject::connect(server, &QTcpSocket::readyRead, client,
                     [this, client, server, passed = qint64(0)]() mutable {
                         QByteArray bytes = server->readAll();
                         if (m_limit >= 0)
                             bytes.truncate(m_limit - passed);
                         passed += bytes.size();
                         client->write(bytes);
                         if (m_limit >= 0 && passed >= m_limit)
                             client->disconnectFromHost();
                     });
    QObject::connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    if (client->bytesAvailable() > 0)
        server->write(client->readAll());
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
}
