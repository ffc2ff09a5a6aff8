// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

#include <QTimer>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Method = HttpRequest::Method;

/// Exchange and the bytes that a server answers with: right, odd and wrong ones.
class TestExchangeAnswers : public QObject
{
    Q_OBJECT

private slots:
    void readsUnusualButRightAnswers_data();
    void readsUnusualButRightAnswers();
    void refusesAnswersThatAreNoHttp_data();
    void refusesAnswersThatAreNoHttp();
    void knowsARefusalByItsNumber_data();
    void knowsARefusalByItsNumber();
    void doesNotMindHowTheAnswerIsCutIntoPieces();
    void keepsTheBytesOfCompressedAnswers();

private:
    /// What becomes of a request that is answered with \a raw; the connection then closes.
    Result<HttpResponse> outcomeOfRaw(const QByteArray &raw, Method method = Method::Get);

    Network m_network;
};

Result<HttpResponse> TestExchangeAnswers::outcomeOfRaw(const QByteArray &raw, Method method)
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.sendRaw(raw);
        connection.close();
    });
    HttpSettings settings;
    settings.retry.attempts = 1;
    HttpClient client(m_network, Origin::of(server.url()), settings);
    return outcomeOf(client.send({.method = method, .url = server.url()}));
}

void TestExchangeAnswers::readsUnusualButRightAnswers_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::newRow("SRV-03 chunked")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                      "\r\n2\r\nok\r\n0\r\n\r\n");
    QTest::newRow("until the end") << QByteArray("HTTP/1.1 200 OK\r\n\r\nok");
    QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\n\r\nok");
    QTest::newRow("no words") << QByteArray("HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok");
    QTest::newRow("NET-28 interim answers") << QByteArray(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    QTest::newRow("NET-28 ten thousand interim answers")
        << QByteArray(QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(10'000)
                      + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    QTest::newRow("bytes behind the end")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more");
}

void TestExchangeAnswers::readsUnusualButRightAnswers()
{
    QFETCH(QByteArray, raw);
    const auto response = outcomeOfRaw(raw);
    QVERIFY2(response, response ? "" : qPrintable(response.error().detail));
    QCOMPARE(response->status, 200);
    QCOMPARE(response->body, "ok");
}

void TestExchangeAnswers::refusesAnswersThatAreNoHttp_data()
{
    QTest::addColumn<QByteArray>("raw");
    const auto row = [](const char *name, const QByteArray &raw) { QTest::newRow(name) << raw; };
    const QByteArray head = "HTTP/1.1 200 OK\r\n";
    row("SRV-07 two lengths", head + "Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello!!");
    row("SRV-07 list of lengths", head + "Content-Length: 5, 7\r\n\r\nhello!!");
    row("SRV-07 negative length", head + "Content-Length: -1\r\n\r\nhello");
    row("SRV-07 10^20", head + "Content-Length: 100000000000000000000\r\n\r\nhello");
    row("length with a sign", head + "Content-Length: +5\r\n\r\nhello");
    row("length is no number", head + "Content-Length: many\r\n\r\nhello");
    row("SRV-08 length and chunks",
        head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    row("SRV-39 garbage line", "garbage\r\n\r\n");
    row("SRV-39 HTTP/3", "HTTP/3 200 OK\r\n\r\nok");
    row("NET-28 early hints",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" + head + "\r\nok");
    row("SRV-39 ICY", "ICY 200 OK\r\n\r\nok");
    row("SRV-39 NUL", QByteArray("\0\0\0\0\r\n\r\n", 8));
    row("TLS-07 SSH", "SSH-2.0-OpenSSH_9.2\r\n");
    row("nothing", "");
    row("cut in the status", "HTTP/1.1 20");
    row("cut in the headers", head + "Content-Le");
    row("cut in the body", head + "Content-Length: 5\r\n\r\nhell");
}

void TestExchangeAnswers::refusesAnswersThatAreNoHttp()
{
    QFETCH(QByteArray, raw);
    const auto response = outcomeOfRaw(raw);
    QVERIFY(!response);
    QVERIFY(response.error().kind == Kind::Network || response.error().kind == Kind::Protocol);
    QVERIFY(!response.error().message.isEmpty());
    // A change that got such an answer may have been made.
    const auto change = outcomeOfRaw(raw, Method::Delete);
    QVERIFY(!change);
    QCOMPARE(change.error().kind, Kind::Ambiguous);
}

void TestExchangeAnswers::knowsARefusalByItsNumber_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {418, 451, 599, 600, 999}) // SRV-39
        QTest::addRow("%d", status) << status;
}

void TestExchangeAnswers::knowsARefusalByItsNumber()
{
    QFETCH(const int, status);
    const QByteArray raw =
        "HTTP/1.1 " + QByteArray::number(status) + " No\r\nContent-Length: 2\r\n\r\nno";
    for (const Method method : {Method::Get, Method::Delete}) {
        const auto response = outcomeOfRaw(raw, method);
        QVERIFY(!response);
        QCOMPARE(response.error().kind, Kind::Protocol);
        QCOMPARE(response.error().httpStatus, status);
    }
}

void TestExchangeAnswers::doesNotMindHowTheAnswerIsCutIntoPieces()
{
    // NET-23: byte by byte.
    TestServer server;
    const QByteArray raw = "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 5\r\n\r\nhello";
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        for (int i = 0; i < raw.size(); ++i)
            QTimer::singleShot(i, this, [=] { connection.sendRaw(raw.mid(i, 1)); });
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(response);
    QCOMPARE(response->body, "hello");
    QCOMPARE(response->headers.value("x-a"), "b");
}

void TestExchangeAnswers::keepsTheBytesOfCompressedAnswers()
{
    // SRV-26: the label of a proxy must not change what is hashed.
    const QByteArray zipped =
        QByteArray::fromHex("1f8b0800000000000003cb48cdc9c907008610a63605000000");
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.answer({200, zipped, {{"Content-Encoding", "gzip"}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(response);
    QCOMPARE(response->body, zipped);
}

QTEST_GUILESS_MAIN(TestExchangeAnswers)
#include "tst_exchange_answers.moc"
