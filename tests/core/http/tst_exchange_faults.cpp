// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

#include <QNetworkProxy>
#include <QTimer>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;
using Method = HttpRequest::Method;

/// Exchange against servers that are broken or hostile.
class TestExchangeFaults : public QObject
{
    Q_OBJECT

private slots:
    void answersWithoutABodyDoNotPoisonTheConnection_data();
    void answersWithoutABodyDoNotPoisonTheConnection();
    void stopsWaitingForTheRestOfTheHeaders();
    void endsDownloadsThatOnlyDrip();
    void endsErrorsWithoutEnd();
    void takesARefusalWhoseBodyNeverEnds();
    void aChangeWithHalfAnAnswerIsNotSettled_data();
    void aChangeWithHalfAnAnswerIsNotSettled();
    void answersNoSchemeOfQt_data();
    void answersNoSchemeOfQt();
    void saysThatNobodyListens();
    void tellsNoSecretsToAnOpenProxy_data();
    void tellsNoSecretsToAnOpenProxy();

private:
    Network m_network;
};

static HttpSettings impatient()
{
    HttpSettings settings;
    settings.retry.attempts = 1;
    settings.timeouts.firstByte = 100ms;
    settings.timeouts.firstByteOfChange = 100ms;
    settings.timeouts.idle = 100ms;
    return settings;
}

void TestExchangeFaults::answersWithoutABodyDoNotPoisonTheConnection_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<Method>("method");
    QTest::newRow("SRV-34 HEAD with a body")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") << Method::Head;
    QTest::newRow("SRV-35 204 with a body")
        << QByteArray("HTTP/1.1 204 None\r\n\r\nHTTP/1.1 200 Evil\r\n\r\nevil") << Method::Get;
    QTest::newRow("SRV-35 304 with a body")
        << QByteArray("HTTP/1.1 304 None\r\nETag: \"x\"\r\n\r\nHTTP/1.1 200 Evil\r\n\r\nevil")
        << Method::Get;
    QTest::newRow("Q17 416 without its body")
        << QByteArray("HTTP/1.1 416 Range\r\nContent-Length: 10\r\n\r\n") << Method::Get;
}

void TestExchangeFaults::answersWithoutABodyDoNotPoisonTheConnection()
{
    QFETCH(QByteArray, raw);
    QFETCH(Method, method);
    TestServer server;
    server.setHandler([&](const TestRequest &request, const TestConnection &connection) {
        if (request.path() == u"/first"_s)
            connection.sendRaw(raw);
        else
            connection.answer({200, "second"});
    });
    HttpClient client(m_network, Origin::of(server.url()), impatient());
    (void)outcomeOf(client.send({.method = method, .url = server.url(u"/first"_s)}));
    for (int i = 0; i < 3; ++i) {
        const auto response = outcomeOf(client.send({.url = server.url(u"/second"_s)}));
        QVERIFY2(response, response ? "" : qPrintable(response.error().detail));
        QCOMPARE(response->body, "second");
    }
}

void TestExchangeFaults::stopsWaitingForTheRestOfTheHeaders()
{
    // NET-12
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.sendRaw("HTTP/1.1 200 OK\r\nX-Half");
    });
    HttpClient client(m_network, Origin::of(server.url()), impatient());
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Timeout);
}

void TestExchangeFaults::endsDownloadsThatOnlyDrip()
{
    // NET-09: the silence is never long enough for the other watchdog.
    TestServer server;
    QTimer drip;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.sendRaw("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        connect(&drip, &QTimer::timeout, this, [=] { connection.sendRaw("x"); });
        drip.start(10ms);
    });
    HttpSettings settings;
    settings.retry.attempts = 1;
    settings.timeouts.lowSpeedWindow = 200ms;
    HttpClient client(m_network, Origin::of(server.url()), settings);
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Timeout);
}

void TestExchangeFaults::endsErrorsWithoutEnd()
{
    // RES-03: nobody reads a gigabyte to learn that something was not found.
    TestServer server;
    QTimer flood;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.sendRaw("HTTP/1.1 404 No\r\n\r\n");
        connect(&flood, &QTimer::timeout, this, [=] { connection.sendRaw(QByteArray(8192, 'x')); });
        flood.start(0ms);
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::NotFound);
    QVERIFY(response.error().detail.startsWith(u"xxx"_s));
}

void TestExchangeFaults::takesARefusalWhoseBodyNeverEnds()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.sendRaw("HTTP/1.1 403 No\r\nContent-Length: 1000\r\n\r\nhalf");
    });
    HttpClient client(m_network, Origin::of(server.url()), impatient());
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Forbidden);
    QCOMPARE(response.error().detail, u"half"_s);
}

void TestExchangeFaults::aChangeWithHalfAnAnswerIsNotSettled_data()
{
    QTest::addColumn<bool>("closes");
    QTest::newRow("cut") << true;
    QTest::newRow("DEL-17 silent") << false;
}

void TestExchangeFaults::aChangeWithHalfAnAnswerIsNotSettled()
{
    QFETCH(bool, closes);
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.sendRaw("HTTP/1.1 202 Accepted\r\nContent-Length: 1000\r\n\r\nhalf");
        if (closes)
            connection.close();
    });
    HttpClient client(m_network, Origin::of(server.url()), impatient());
    const auto response = outcomeOf(client.send({.method = Method::Delete, .url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Ambiguous);
}

void TestExchangeFaults::answersNoSchemeOfQt_data()
{
    // CRED-10, Q13: Qt knows these, and would send a greeting of its own.
    QTest::addColumn<QByteArray>("challenge");
    QTest::newRow("NTLM") << QByteArray("NTLM");
    QTest::newRow("Negotiate") << QByteArray("Negotiate");
    QTest::newRow("Digest") << QByteArray(R"(Digest realm="r", nonce="n", qop="auth")");
    QTest::newRow("Basic") << QByteArray(R"(Basic realm="r")");
}

void TestExchangeFaults::answersNoSchemeOfQt()
{
    QFETCH(QByteArray, challenge);
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.answer({401, "no", {{"WWW-Authenticate", challenge}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Unauthorized);
    QCOMPARE(server.requests().size(), qsizetype(1));
    QVERIFY(!server.requests().first().headers.contains("authorization"));
}

void TestExchangeFaults::saysThatNobodyListens()
{
    // NET-01
    quint16 port = 0;
    {
        const TestServer server;
        port = server.port();
    }
    const QUrl url(u"http://127.0.0.1:%1/"_s.arg(port));
    HttpClient client(m_network, Origin::of(url), impatient());
    const auto response = outcomeOf(client.send({.url = url}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Network);
    QVERIFY(response.error().message.contains(u"refused"_s));
    QVERIFY(response.error().message.contains(QString::number(port)));
    // What was never sent has not happened.
    const auto change = outcomeOf(client.send({.method = Method::Delete, .url = url}));
    QCOMPARE(change.error().kind, Kind::Network);
}

void TestExchangeFaults::tellsNoSecretsToAnOpenProxy_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("isSent");
    QTest::newRow("nothing to hide") << QByteArray("Accept") << true;
    QTest::newRow("CRED-29") << QByteArray("Authorization") << false;
}

void TestExchangeFaults::tellsNoSecretsToAnOpenProxy()
{
    QFETCH(const QByteArray, header);
    QFETCH(const bool, isSent);
    TestServer proxy;
    proxy.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "ok"}); });
    QNetworkProxy::setApplicationProxy(
        QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, proxy.port()));
    const QUrl url(u"http://reg.example/v2/"_s);
    HttpClient client(m_network, Origin::of(url), impatient());
    HttpRequest request{.url = url};
    request.addHeader(header, "CANARY");
    const auto answer = outcomeOf(client.send(request));
    QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::DefaultProxy));
    QCOMPARE(bool(answer), isSent);
    QCOMPARE(proxy.requests().size(), qsizetype(isSent ? 1 : 0));
    if (!isSent)
        QCOMPARE(answer.error().kind, Kind::Policy);
}

QTEST_GUILESS_MAIN(TestExchangeFaults)
#include "tst_exchange_faults.moc"
