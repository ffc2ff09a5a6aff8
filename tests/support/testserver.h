// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QPointer>
#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <QUrlQuery>

#include <functional>

/// A request as it came over the wire.
struct TestRequest
{
    QByteArray method;
    QByteArray target; ///< As sent: path and query, still encoded.
    QHash<QByteArray, QByteArray> headers; ///< Names in lower case.
    QByteArray body;
    QByteArray raw; ///< Every byte of it.

    [[nodiscard]] QString path() const { return QUrl::fromEncoded(target).path(); }
    [[nodiscard]] QString query(const QString &name) const
    {
        return QUrlQuery(QUrl::fromEncoded(target)).queryItemValue(name, QUrl::FullyDecoded);
    }
    /// The first byte that a Range asks for; 0 without one.
    [[nodiscard]] qint64 rangeStart() const
    {
        return header("range").replace("bytes=", "").split('-').constFirst().toLongLong();
    }
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        return headers.value(name.toLower());
    }
};

/// What a test answers.
struct TestAnswer
{
    int status = 200;
    QByteArray body = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    bool isHead = false; ///< Announces the body and leaves it out.
};

/// One connection of a client. Everything is written at once; nothing waits.
class TestConnection
{
public:
    explicit TestConnection(QTcpSocket *socket) : m_socket(socket) {}

    void answer(const TestAnswer &answer) const;
    void sendRaw(const QByteArray &bytes) const;
    /// A FIN after what was sent.
    void close() const;
    /// A RST, which throws away what was not delivered yet.
    void reset() const;

private:
    QPointer<QTcpSocket> m_socket;
};

/// An HTTP server of a test, on a free port of 127.0.0.1: remembers every request and answers
/// with what its handler says, byte for byte. A handler that does nothing never answers.
class TestServer : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<void(const TestRequest &, const TestConnection &)>;

    explicit TestServer(QObject *parent = nullptr);

    void setHandler(Handler handler) { m_handler = std::move(handler); }
    /// Sees what has come of a request whose body is not complete yet; true when it has dealt with
    /// the connection, to which nobody listens from then on.
    using Interruption = std::function<bool(const TestRequest &soFar, const TestConnection &)>;
    void setInterruption(Interruption interruption) { m_interruption = std::move(interruption); }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QString host() const;
    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const;

    [[nodiscard]] const QList<TestRequest> &requests() const { return m_requests; }
    /// "GET /v2/", in their order.
    [[nodiscard]] QStringList requestLines() const;
    [[nodiscard]] qsizetype count(const QByteArray &method, const QString &pathPart = {}) const;
    void forgetRequests() { m_requests.clear(); }

signals:
    void requested();

protected:
    virtual void handle(const TestRequest &request, const TestConnection &connection);

private:
    void acceptConnection();
    void readFrom(QTcpSocket *socket);
    bool takeRequest(QTcpSocket *socket);
    void interrupt(QTcpSocket *socket, TestRequest soFar, const QByteArray &body);

    QHash<QTcpSocket *, QByteArray> m_buffers;
    QList<TestRequest> m_requests;
    Handler m_handler;
    Interruption m_interruption;
    QSet<QTcpSocket *> m_deaf; ///< Dealt with.
    QTcpServer m_server; // Goes first, with its sockets, which say goodbye to the others.
};
