// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

#include <QSignalSpy>
#include <QTimer>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;
using Method = HttpRequest::Method;

/// Connections that do not come about, or do not last.
class TestExchangeConnections : public QObject
{
    Q_OBJECT

private slots:
    void doesNotWaitForeverForAConnection(); // NET-03
    void triesAgainWhenTheConnectionBreaks(); // NET-04
    void saysThatThereIsNoSuchHost(); // NET-19
    void doesNotMindWhenAnIdleConnectionIsClosed_data(); // NET-21
    void doesNotMindWhenAnIdleConnectionIsClosed();
    void endsInterimAnswersWithoutEnd(); // NET-28

private:
    [[nodiscard]] static HttpSettings settings(int attempts)
    {
        HttpSettings result;
        result.retry.firstDelay = 1ms;
        result.retry.attempts = attempts;
        return result;
    }

    Network m_network;
};

namespace {

/// Listens, and takes no connection any more: who asks for one hears nothing.
class FullServer
{
public:
    FullServer()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *place = reinterpret_cast<sockaddr *>(&address);
        ::bind(m_socket, place, size);
        ::listen(m_socket, 0);
        ::getsockname(m_socket, place, &size);
        m_port = ntohs(address.sin_port);
        for (QTcpSocket &waiting : m_waiting)
            waiting.connectToHost(QHostAddress::LocalHost, m_port);
    }
    ~FullServer() { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(FullServer)

    [[nodiscard]] bool isFull() const
    {
        return m_waiting[0].state() == QAbstractSocket::ConnectedState
               && m_waiting[2].state() == QAbstractSocket::ConnectingState;
    }
    [[nodiscard]] QUrl url() const { return QUrl(u"http://127.0.0.1:%1/"_s.arg(m_port)); }

private:
    const int m_socket = ::socket(AF_INET, SOCK_STREAM, 0);
    quint16 m_port = 0;
    std::array<QTcpSocket, 3> m_waiting;
};

} // namespace

void TestExchangeConnections::doesNotWaitForeverForAConnection()
{
    const FullServer server;
    QTRY_VERIFY(server.isFull());
    HttpSettings impatient = settings(2);
    impatient.timeouts.connect = 100ms;
    HttpClient client(m_network, Origin::of(server.url()), impatient);
    const QSignalSpy retries(&client, &HttpClient::retryScheduled);
    for (const Method method : {Method::Get, Method::Delete}) { // Which was never sent either.
        const auto response = outcomeOf(client.send({.method = method, .url = server.url()}));
        QVERIFY(!response);
        QCOMPARE(response.error().kind, Kind::Timeout);
        QVERIFY(response.error().message.contains(server.url().authority()));
    }
    QCOMPARE(retries.count(), 1);
}

void TestExchangeConnections::triesAgainWhenTheConnectionBreaks()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        if (server.requests().size() < 3)
            return connection.reset();
        connection.answer({200, "ok"});
    });
    HttpClient client(m_network, Origin::of(server.url()), settings(3));
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY2(response, response ? "" : qPrintable(response.error().message));
    QCOMPARE(response->body, "ok");
    QCOMPARE(server.requests().size(), 3);
}

void TestExchangeConnections::saysThatThereIsNoSuchHost()
{
    const QUrl url(u"http://longshore.invalid/"_s);
    HttpClient client(m_network, Origin::of(url), settings(3));
    const QSignalSpy retries(&client, &HttpClient::retryScheduled);
    const auto response = outcomeOf(client.send({.url = url}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Network);
    QVERIFY2(response.error().message.contains(u"no host named"_s),
             qPrintable(response.error().message));
    QVERIFY(response.error().message.contains(url.host()));
    QCOMPARE(retries.count(), 2); // A name server may have had a bad moment.
}

void TestExchangeConnections::doesNotMindWhenAnIdleConnectionIsClosed_data()
{
    QTest::addColumn<bool>("isReset");
    QTest::newRow("closed") << false;
    QTest::newRow("reset") << true;
}

void TestExchangeConnections::doesNotMindWhenAnIdleConnectionIsClosed()
{
    QFETCH(const bool, isReset);
    TestServer server;
    std::optional<TestConnection> last;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        last = connection;
        connection.answer({200, "ok"});
    });
    HttpClient client(m_network, Origin::of(server.url()), settings(1));
    for (int round = 0; round < 5; ++round) {
        const auto response = outcomeOf(client.send({.url = server.url()}));
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        isReset ? last->reset() : last->close(); // And the next one comes at once.
    }
    QCOMPARE(server.requests().size(), 5);
}

void TestExchangeConnections::endsInterimAnswersWithoutEnd()
{
    TestServer server;
    QTimer flood;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connect(&flood, &QTimer::timeout, this, [=] {
            connection.sendRaw(QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(10));
        });
        flood.start(1ms);
    });
    HttpSettings impatient = settings(1);
    impatient.timeouts.firstByte = 200ms;
    HttpClient client(m_network, Origin::of(server.url()), impatient);
    const auto response = outcomeOf(client.send({.url = server.url()}));
    flood.stop();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Timeout);
}

QTEST_GUILESS_MAIN(TestExchangeConnections)
#include "tst_exchange_connections.moc"
