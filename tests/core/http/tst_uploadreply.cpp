// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/tlssettings.h"
#include "support/outcome.h"
#include "support/testserver.h"
#include "support/tlsserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

namespace {

class Zeros final : public ByteSource
{
public:
    [[nodiscard]] qint64 size() const override { return 30'000'000; }
    Result<Done> begin() override { return Done(); }
    Result<qint64> read(char *data, qint64 maximum) override
    {
        std::fill_n(data, maximum, '0');
        return maximum;
    }
};

} // namespace

/// What UploadReply does better than Qt, or might do worse; the rest is in tst_exchange_bodies.
class TestUploadReply : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void tellsTheServerWhatQtWouldTell();
    void readsAnswersOfEveryForm_data();
    void readsAnswersOfEveryForm();
    void hearsARefusalWhileItSends(); // Q6
    void sendsOnWhenItIsAcceptedEarly();
    void knowsNothingOfWhatIsNoAnswer_data();
    void knowsNothingOfWhatIsNoAnswer();
    void tellsThatNobodyListens();
    void findsServersOfBothFamilies_data();
    void findsServersOfBothFamilies();
    void sendsNothingToAServerThatIsNotTrusted_data();
    void sendsNothingToAServerThatIsNotTrusted();

private:
    [[nodiscard]] static HttpRequest requestFor(const QUrl &url)
    {
        return {.method = HttpRequest::Method::Put,
                .url = url,
                .source = std::make_shared<Zeros>(),
                .priority = JobQueue::Priority::Transfer};
    }
    Result<HttpResponse> send(const HttpRequest &request, const HttpSettings &settings = {})
    {
        HttpClient client(m_network, Origin::of(request.url), settings);
        return outcomeOf(client.send(request));
    }
    Result<HttpResponse> send() { return send(requestFor(m_server->url())); }
    /// What comes in place of an answer to the whole request.
    void setAnswer(const QByteArray &wire)
    {
        m_server->setHandler([wire](const TestRequest &, const TestConnection &connection) {
            connection.sendRaw(wire);
            connection.close();
        });
    }

    Network m_network;
    std::unique_ptr<TestServer> m_server;
};

void TestUploadReply::init()
{
    m_server = std::make_unique<TestServer>();
    setAnswer("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
}

void TestUploadReply::tellsTheServerWhatQtWouldTell()
{
    HttpRequest request = requestFor(m_server->url(u"/a"_s));
    request.url.setQuery(u"_state=a%2Fb%2B%3D+~&digest=sha256%3A00"_s, QUrl::StrictMode);
    request.url.setFragment(u"f"_s);
    request.addHeader("Authorization", "Bearer x");
    QVERIFY(send(request));
    const TestRequest large = m_server->requests().first();
    QCOMPARE(large.method, "PUT");
    QCOMPARE(large.target, "/a?_state=a%2Fb%2B%3D+~&digest=sha256%3A00");
    QCOMPARE(large.header("content-length"), "30000000");
    request.source.reset();
    QVERIFY(send(request));
    const TestRequest &small = m_server->requests().last();
    QCOMPARE(large.target, small.target);
    for (const auto *name : {"host", "authorization", "user-agent", "accept-encoding"})
        QCOMPARE(large.header(name), small.header(name));
}

void TestUploadReply::readsAnswersOfEveryForm_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::newRow("a length") << QByteArray("Content-Length: 2\r\n\r\nno");
    QTest::newRow("chunks") << QByteArray("Transfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n");
    QTest::newRow("until the end") << QByteArray("\r\nno");
}

void TestUploadReply::readsAnswersOfEveryForm()
{
    QFETCH(QByteArray, wire);
    setAnswer("HTTP/1.1 409 Conflict\r\nRetry-After: 3\r\n" + wire);
    const auto response = send();
    QVERIFY(!response);
    QCOMPARE(response.error().httpStatus, 409);
    QCOMPARE(response.error().detail, u"no"_s);
    QCOMPARE(response.error().retryAfter, std::chrono::seconds(3));
}

void TestUploadReply::hearsARefusalWhileItSends()
{
    m_server->setInterruption([](const TestRequest &, const TestConnection &connection) {
        connection.answer({413, "less"});
        return true;
    });
    const auto response = send();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::TooLarge);
    QCOMPARE(response.error().detail, u"less"_s);
    QCOMPARE(m_server->requests().size(), 1);
}

void TestUploadReply::sendsOnWhenItIsAcceptedEarly()
{
    m_server->setInterruption(
        [isFirst = true](const TestRequest &, const TestConnection &connection) mutable {
            if (std::exchange(isFirst, false))
                connection.answer({201});
            return false;
        });
    m_server->setHandler([](const TestRequest &, const TestConnection &) {});
    const auto response = send();
    QVERIFY(response);
    QCOMPARE(response->status, 201);
}

void TestUploadReply::knowsNothingOfWhatIsNoAnswer_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("another protocol") << QByteArray("220 mail.example\r\n");
    QTest::newRow("half an answer") << QByteArray("HTTP/1.1 201 Created\r\nContent-Le");
    QTest::newRow("half a body") << QByteArray(
        "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nab");
    QTest::newRow("two lengths") << QByteArray(
        "HTTP/1.1 201 Created\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\n");
}

void TestUploadReply::knowsNothingOfWhatIsNoAnswer()
{
    QFETCH(QByteArray, wire);
    setAnswer(wire);
    const auto response = send();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Ambiguous);
    QCOMPARE(m_server->requests().size(), 1);
}

void TestUploadReply::tellsThatNobodyListens()
{
    const QUrl url = m_server->url();
    m_server.reset();
    HttpSettings settings;
    settings.retry.attempts = 1;
    const auto response = send(requestFor(url), settings);
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Network); // Not ambiguous.
    QVERIFY(response.error().message.contains(u"refused"_s));
}

void TestUploadReply::findsServersOfBothFamilies_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::addColumn<QString>("host");
    const QHostAddress first(QHostAddress::LocalHost);
    const QHostAddress second(QHostAddress::LocalHostIPv6);
    QTest::newRow("IPv4 by name") << first << u"localhost"_s;
    QTest::newRow("IPv6 by name") << second << u"localhost"_s;
    QTest::newRow("IPv6 by address") << second << u"::1"_s;
}

void TestUploadReply::findsServersOfBothFamilies()
{
    QFETCH(QHostAddress, address);
    QFETCH(QString, host);
    QTcpServer server;
    if (!server.listen(address))
        QSKIP("this machine has no such address");
    QByteArray head;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [&head, socket] {
            if (head.isEmpty())
                socket->write("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
            head += socket->readAll().left(1'000);
        });
    });
    QUrl url(u"http://x/"_s);
    url.setHost(host);
    url.setPort(server.serverPort());
    const auto response = send(requestFor(url));
    QVERIFY(!response);
    if (response.error().kind == Kind::Network && host == "localhost"_L1)
        QSKIP("the name has no such address here");
    QCOMPARE(response.error().kind, Kind::Forbidden);
    const QByteArray line = "\r\nHost: " + url.authority().toLatin1() + "\r\n";
    QVERIFY(head.contains(line));
}

void TestUploadReply::sendsNothingToAServerThatIsNotTrusted_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QByteArray>("pinned");
    QTest::newRow("of nobody known") << u"server.pem"_s << QByteArray();
    QTest::newRow("that names no host") << u"commonname.pem"_s << QByteArray();
    QTest::newRow("other than the pinned") << u"server.pem"_s << QByteArray(32, 'x');
}

void TestUploadReply::sendsNothingToAServerThatIsNotTrusted()
{
    QFETCH(QString, certificate);
    QFETCH(QByteArray, pinned);
    const TlsServer server(certificate);
    HttpSettings settings;
    settings.tls = std::make_shared<TlsSettings>(TlsSettings{.pinnedSha256 = pinned});
    const auto response = send(requestFor(server.url()), settings);
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Tls);
    QVERIFY(response.error().certificate);
    QCOMPARE(server.received(), "");
}

QTEST_GUILESS_MAIN(TestUploadReply)
#include "tst_uploadreply.moc"
