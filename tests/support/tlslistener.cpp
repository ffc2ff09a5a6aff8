// SPDX-License-Identifier: Apache-2.0
#include "support/tlslistener.h"

using namespace Qt::StringLiterals;

TlsListener::TlsListener(const QSslConfiguration &configuration)
    : m_handler(
        [](QSslSocket &socket) { socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"); })
{
    setConfiguration(configuration);
    QObject::connect(&m_server, &QTcpServer::pendingConnectionAvailable, &m_server, [this] {
        auto *socket = static_cast<QSslSocket *>(m_server.nextPendingConnection());
        ++m_connectionCount;
        QObject::connect(socket, &QTcpSocket::readyRead, &m_server,
                         [this, socket] { read(*socket); });
        if (socket->bytesAvailable() > 0)
            read(*socket);
    });
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("A test server cannot listen.");
}

QSslConfiguration TlsListener::showing(const QList<QSslCertificate> &chain, const QSslKey &key)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    return configuration;
}

QUrl TlsListener::url(const QString &host) const
{
    return QUrl(u"https://%1:%2/"_s.arg(host).arg(port()));
}

void TlsListener::read(QSslSocket &socket)
{
    m_received += socket.readAll();
    if (m_received.endsWith("\r\n\r\n"))
        m_handler(socket);
}
