// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/answerreader.h"

#include <QAbstractSocket>
#include <QNetworkReply>

class QTcpSocket;

namespace Longshore {

class BodyDevice;

/// The reply to a request with a large body, which goes to the server directly.
///
/// QNetworkAccessManager hands bodies to the socket in pieces of 16 KiB, each of which crosses two
/// threads, and loses an answer that comes before the body has gone out. This does neither. It has
/// a connection of its own, sends the request once, and keeps to what QNetworkReply promises, so
/// that an Exchange watches over it as over any other.
class UploadReply final : public QNetworkReply
{
    Q_OBJECT

public:
    /// Nothing happens before the event loop runs. \a body must not die before the reply does.
    UploadReply(const QNetworkRequest &request, const QByteArray &verb, BodyDevice &body,
                QObject *parent);

    void abort() override;
    void ignoreSslErrors() override;
    [[nodiscard]] qint64 bytesAvailable() const override;

protected:
    qint64 readData(char *data, qint64 maximum) override;
    void ignoreSslErrorsImplementation(const QList<QSslError> &errors) override;
    void sslConfigurationImplementation(QSslConfiguration &configuration) const override;

private:
    void connectBy(QAbstractSocket::NetworkLayerProtocol protocol);
    [[nodiscard]] QTcpSocket *makeSocket();
    void handleError(QAbstractSocket::SocketError error);
    void sendHead();
    void sendBody();
    void takeAnswer();
    void publishHead();
    [[nodiscard]] bool isRefused() const;
    void finishIfAnswered();
    void finish(NetworkError error, const QString &text = {});

    const QByteArray m_verb;
    BodyDevice &m_body;
    QTcpSocket *m_socket = nullptr;
    QAbstractSocket::NetworkLayerProtocol m_protocol = QAbstractSocket::UnknownNetworkLayerProtocol;
    bool m_isConnected = false;
    bool m_hasSentHead = false;
    bool m_hasPublishedHead = false; ///< Of the answer.
    AnswerReader m_answer;
};

} // namespace Longshore
