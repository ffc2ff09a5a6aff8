// SPDX-License-Identifier: Apache-2.0
#include "support/testserver.h"

#include <QTcpSocket>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

void TestConnection::sendRaw(const QByteArray &bytes) const
{
    if (m_socket)
        m_socket->write(bytes);
}

void TestConnection::answer(const TestAnswer &answer) const
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Status\r\n";
    bool hasLength = false;
    for (const auto &[name, value] : answer.headers) {
        head += name + ": " + value + "\r\n";
        hasLength = hasLength || name.toLower() == "content-length";
    }
    if (!hasLength && answer.status != 204 && answer.status != 304)
        head += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
    sendRaw(head + "\r\n" + (answer.isHead ? QByteArray() : answer.body));
}

void TestConnection::close() const
{
    if (m_socket)
        m_socket->disconnectFromHost();
}

void TestConnection::reset() const
{
    if (!m_socket)
        return;
    m_socket->flush();
#ifdef Q_OS_UNIX
    const linger immediately{1, 0};
    ::setsockopt(static_cast<int>(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER,
                 &immediately, sizeof immediately);
#endif
    m_socket->abort();
}

TestServer::TestServer(QObject *parent) : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &TestServer::acceptConnection);
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("A test server cannot listen: %s", qPrintable(m_server.errorString()));
}

QString TestServer::host() const
{
    return QStringLiteral("127.0.0.1:%1").arg(port());
}

QUrl TestServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://") + host() + path);
}

QStringList TestServer::requestLines() const
{
    QStringList lines;
    for (const TestRequest &request : m_requests)
        lines.append(QString::fromLatin1(request.method + ' ' + request.target));
    return lines;
}

qsizetype TestServer::count(const QByteArray &method, const QString &pathPart) const
{
    return std::count_if(m_requests.begin(), m_requests.end(), [&](const TestRequest &request) {
        return request.method == method && request.path().contains(pathPart);
    });
}

void TestServer::acceptConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readFrom(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            m_deaf.remove(socket);
            socket->deleteLater();
        });
    }
}

void TestServer::readFrom(QTcpSocket *socket)
{
    if (m_deaf.contains(socket))
        return;
    m_buffers[socket] += socket->readAll();
    while (takeRequest(socket)) {}
}

/// Takes one whole request from the front of what the socket has sent.
bool TestServer::takeRequest(QTcpSocket *socket)
{
    QByteArray &buffer = m_buffers[socket];
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (!buffer.isEmpty() && !QChar::isLetter(static_cast<uchar>(buffer.front()))) {
        buffer.clear(); // A TLS greeting: this server speaks HTTP.
        TestConnection(socket).answer({400, "this is HTTP"});
        TestConnection(socket).close();
        return false;
    }
    if (headEnd < 0)
        return false;
    const QByteArrayList lines = buffer.left(headEnd).split('\n');
    const QByteArrayList words = lines.first().trimmed().split(' ');
    TestRequest request{words.value(0), words.value(1), {}, {}, {}};
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = request.header("content-length").toLongLong();
    if (buffer.size() < headEnd + 4 + length) {
        if (m_interruption) // Else it is copied for nothing, each time that a little more has come.
            interrupt(socket, request, buffer.mid(headEnd + 4));
        return false;
    }
    request.body = buffer.mid(headEnd + 4, length);
    request.raw = buffer.left(headEnd + 4 + length);
    buffer.remove(0, headEnd + 4 + length);
    m_requests.append(request);
    emit requested();
    handle(request, TestConnection(socket));
    return m_buffers.contains(socket);
}

void TestServer::interrupt(QTcpSocket *socket, TestRequest soFar, const QByteArray &body)
{
    soFar.body = body;
    if (!m_interruption(soFar, TestConnection(socket)))
        return;
    soFar.raw = "interrupted";
    m_requests.append(soFar);
    m_deaf.insert(socket);
    socket->setReadBufferSize(1); // What is still on its way stays there.
}

void TestServer::handle(const TestRequest &request, const TestConnection &connection)
{
    if (m_handler)
        m_handler(request, connection);
}
