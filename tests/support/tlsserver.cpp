// SPDX-License-Identifier: Apache-2.0
#include "support/tlsserver.h"

#include <QFile>
#include <QSslKey>
#include <QSslSocket>

using namespace Qt::StringLiterals;

QString tlsData(const QString &name)
{
    return QStringLiteral(TEST_DATA) + u"/tls/"_s + name;
}

TlsServer::TlsServer(const QString &certificate, Clients clients)
    : m_configuration(QSslConfiguration::defaultConfiguration())
{
    QFile key(tlsData(u"server.key"_s));
    if (!key.open(QIODevice::ReadOnly))
        qFatal("There is no key for the server.");
    m_configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    if (clients == Clients::WithCertificate) {
        m_configuration.setCaCertificates(QSslCertificate::fromPath(tlsData(u"client.pem"_s)));
        m_configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    }
    setCertificate(certificate);
    QObject::connect(&m_server, &QTcpServer::pendingConnectionAvailable, &m_server, [this] {
        QTcpSocket *socket = m_server.nextPendingConnection();
        m_port == 0 ? answer(socket) : passOn(socket);
    });
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("A test server cannot listen.");
}

void TlsServer::setCertificate(const QString &certificate)
{
    m_configuration.setLocalCertificateChain(QSslCertificate::fromPath(tlsData(certificate)));
    m_server.setSslConfiguration(m_configuration);
}

QUrl TlsServer::url() const
{
    return QUrl(u"https://127.0.0.1:%1/"_s.arg(m_server.serverPort()));
}

void TlsServer::answer(QTcpSocket *socket)
{
    QObject::connect(socket, &QTcpSocket::readyRead, &m_server, [this, socket] {
        m_received += socket->readAll();
        if (m_received.endsWith("\r\n\r\n"))
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
}

void TlsServer::passOn(QTcpSocket *socket)
{
    auto *other = new QTcpSocket(socket);
    other->connectToHost(QHostAddress::LocalHost, m_port);
    QObject::connect(other, &QTcpSocket::readyRead, socket,
                     [socket, other] { socket->write(other->readAll()); });
    QObject::connect(other, &QTcpSocket::disconnected, socket, &QTcpSocket::disconnectFromHost);
    const auto bringOver = [this, socket, other] {
        const QByteArray bytes = socket->readAll();
        m_received += bytes;
        other->write(bytes);
    };
    QObject::connect(socket, &QTcpSocket::readyRead, &m_server, bringOver);
    bringOver();
}
