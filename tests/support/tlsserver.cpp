// SPDX-License-Identifier: Apache-2.0
#include "support/tlsserver.h"

#include <QFile>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

using namespace Qt::StringLiterals;

QString tlsData(const QString &name)
{
    return QStringLiteral(TEST_DATA) + u"/tls/"_s + name;
}

TlsServer::TlsServer(const QString &certificate, Clients clients)
{
    QFile key(tlsData(u"server.key"_s));
    if (!key.open(QIODevice::ReadOnly))
        qFatal("There is no key for the server.");
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(tlsData(certificate)));
    if (clients == Clients::WithCertificate) {
        configuration.setCaCertificates(QSslCertificate::fromPath(tlsData(u"client.pem"_s)));
        configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    }
    m_server.setSslConfiguration(configuration);
    QObject::connect(&m_server, &QTcpServer::pendingConnectionAvailable, &m_server,
                     [this] { answer(m_server.nextPendingConnection()); });
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("A test server cannot listen.");
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
