// SPDX-License-Identifier: Apache-2.0
#include "core/http/uploadreply.h"

#include "core/http/bodydevice.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qint64 mostUnsent = 256 * 1024; // In our memory; the system has buffers of its own.
constexpr qint64 smallestPiece = 16 * 1024; // So that a slow line counts as one that moves.
constexpr qint64 mostUnread = 64 * 1024;

QNetworkReply::NetworkError codeOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError: return QNetworkReply::ConnectionRefusedError;
    case QAbstractSocket::RemoteHostClosedError: return QNetworkReply::RemoteHostClosedError;
    case QAbstractSocket::HostNotFoundError: return QNetworkReply::HostNotFoundError;
    case QAbstractSocket::SocketTimeoutError: return QNetworkReply::TimeoutError;
    case QAbstractSocket::SslHandshakeFailedError: return QNetworkReply::SslHandshakeFailedError;
    default: return QNetworkReply::UnknownNetworkError;
    }
}

QByteArray headOf(const QByteArray &verb, const QNetworkRequest &request, qint64 length)
{
    const QUrl url = request.url();
    const QByteArray target =
        url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    const QString host = url.authority(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
    QByteArray head = verb + ' ' + (target.startsWith('/') ? "" : "/") + target + " HTTP/1.1\r\n";
    head += "Host: " + host.toLatin1() + "\r\n";
    head += "Connection: close\r\n";
    head += "Content-Length: " + QByteArray::number(length) + "\r\n";
    for (const QByteArray &name : request.rawHeaderList())
        head += name + ": " + request.rawHeader(name) + "\r\n";
    return head + "\r\n";
}

qint64 unsentBytes(const QTcpSocket &socket)
{
    const auto *tls = qobject_cast<const QSslSocket *>(&socket);
    return socket.bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

} // namespace

UploadReply::UploadReply(const QNetworkRequest &request, const QByteArray &verb, BodyDevice &body,
                         QObject *parent)
    : QNetworkReply(parent), m_verb(verb), m_body(body)
{
    setRequest(request);
    setUrl(request.url());
    setOperation(QNetworkAccessManager::CustomOperation);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    connect(&m_body, &QIODevice::readyRead, this, &UploadReply::sendBody); // It was held back.
    // Qt tries addresses one after the other, and waits for each longer than anybody waits for us:
    // where IPv6 leads nowhere, it must not come first.
    QTimer::singleShot(0, this, [this] { connectBy(QAbstractSocket::IPv4Protocol); });
}

QTcpSocket *UploadReply::makeSocket()
{
    if (url().scheme() != "https"_L1)
        return new QTcpSocket(this);
    auto *socket = new QSslSocket(this);
    socket->setSslConfiguration(request().sslConfiguration());
    connect(socket, &QSslSocket::sslErrors, this, &UploadReply::sslErrors);
    connect(socket, &QSslSocket::encryptedBytesWritten, this, &UploadReply::sendBody);
    connect(socket, &QSslSocket::encrypted, this, [this] {
        emit encrypted();
        sendHead();
    });
    return socket;
}

void UploadReply::connectBy(QAbstractSocket::NetworkLayerProtocol protocol)
{
    if (isFinished())
        return;
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->deleteLater();
    }
    m_protocol = protocol;
    m_socket = makeSocket();
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setReadBufferSize(mostUnread);
    connect(m_socket, &QTcpSocket::errorOccurred, this, &UploadReply::handleError);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &UploadReply::sendBody);
    connect(m_socket, &QTcpSocket::readyRead, this, &UploadReply::takeAnswer);
    auto *tls = qobject_cast<QSslSocket *>(m_socket);
    connect(m_socket, &QTcpSocket::connected, this, [this, tls] {
        m_isConnected = true;
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        if (!tls)
            sendHead();
    });
    const QString host = url().host(QUrl::FullyEncoded);
    if (tls)
        tls->connectToHostEncrypted(host, quint16(url().port(443)), ReadWrite, protocol);
    else
        m_socket->connectToHost(host, quint16(url().port(80)), ReadWrite, protocol);
}

void UploadReply::handleError(QAbstractSocket::SocketError error)
{
    if (!m_isConnected && m_protocol == QAbstractSocket::IPv4Protocol)
        return connectBy(QAbstractSocket::AnyIPProtocol);
    takeAnswer();
    if (error == QAbstractSocket::RemoteHostClosedError)
        m_answer.close();
    finishIfAnswered();
    finish(codeOf(error), m_socket->errorString());
}

void UploadReply::sendHead()
{
    if (isFinished())
        return;
    m_socket->write(headOf(m_verb, request(), m_body.total()));
    m_hasSentHead = true;
    sendBody();
}

bool UploadReply::isRefused() const
{
    return m_answer.hasHead() && m_answer.status() >= 300;
}

void UploadReply::sendBody()
{
    if (!m_hasSentHead)
        return; // What was written so far was the greeting of TLS.
    while (!isFinished() && !isRefused() && !m_body.isExhausted()) {
        const qint64 room = mostUnsent - unsentBytes(*m_socket);
        if (room < smallestPiece)
            return;
        QByteArray piece(room, Qt::Uninitialized);
        const qint64 count = m_body.read(piece.data(), piece.size());
        if (count <= 0)
            return; // The body has told why.
        piece.truncate(count);
        m_socket->write(piece);
    }
    finishIfAnswered();
}

void UploadReply::takeAnswer()
{
    if (isFinished())
        return;
    m_answer.add(m_socket->readAll());
    if (m_answer.hasHead() && !std::exchange(m_hasPublishedHead, true))
        publishHead();
    if (!isFinished() && m_answer.bodyBytes() > 0)
        emit readyRead();
    if (m_answer.isBroken())
        return finish(ProtocolFailure);
    finishIfAnswered();
}

void UploadReply::publishHead()
{
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_answer.status());
    for (const auto &[name, value] : m_answer.fields())
        setRawHeader(name, value);
    emit metaDataChanged();
}

/// A refusal counts at once, anything else when all has been sent.
void UploadReply::finishIfAnswered()
{
    if (m_answer.isWhole() && (isRefused() || m_body.isExhausted()))
        finish(NoError);
}

void UploadReply::finish(NetworkError error, const QString &text)
{
    if (isFinished())
        return;
    setFinished(true);
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
    if (error != NoError) {
        setError(error, text);
        emit errorOccurred(error);
    }
    emit finished();
}

void UploadReply::abort()
{
    finish(OperationCanceledError);
}

void UploadReply::ignoreSslErrors()
{
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
        tls->ignoreSslErrors();
}

void UploadReply::ignoreSslErrorsImplementation(const QList<QSslError> &errors)
{
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
        tls->ignoreSslErrors(errors);
}

void UploadReply::sslConfigurationImplementation(QSslConfiguration &configuration) const
{
    if (const auto *tls = qobject_cast<const QSslSocket *>(m_socket))
        configuration = tls->sslConfiguration();
}

qint64 UploadReply::bytesAvailable() const
{
    return m_answer.bodyBytes();
}

qint64 UploadReply::readData(char *data, qint64 maximum)
{
    const QByteArray taken = m_answer.takeBody(maximum);
    std::copy_n(taken.cbegin(), taken.size(), data);
    return taken.size();
}

} // namespace Longshore
