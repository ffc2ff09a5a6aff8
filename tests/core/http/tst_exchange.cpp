// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

HttpSettings quickSettings()
{
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    return settings;
}

class CollectingSink final : public ByteSink
{
public:
    Result<Done> begin(qint64 offset, qint64 total) override
    {
        beginOffset = offset;
        beginTotal = total;
        return Done();
    }
    Result<Done> write(QByteArrayView bytes) override
    {
        content += bytes;
        return Done();
    }
    Result<Done> finish() override
    {
        isFinished = true;
        return Done();
    }

    QByteArray content;
    qint64 beginOffset = -1;
    qint64 beginTotal = -2;
    bool isFinished = false;
};

} // namespace

class TestExchange : public QObject
{
    Q_OBJECT

private slots:
    void limitsTheBody();
    void limitsTheHeaders();
    void limitsTheTimeOfSilence();
    void keepsNoCookies();
    void givesUnfinishedBodiesAsErrors();
    void streamsIntoASink();
    void tellsTheSinkWhereAPartBegins();
    void refusesAPartWithoutARange();

private:
    Network m_network;
};

void TestExchange::limitsTheBody()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({200, QByteArray(2000, 'x')});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url(), .maximumBody = 1999}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::TooLarge);
    QVERIFY(outcomeOf(client.send({.url = server.url(), .maximumBody = 2000})));
}

void TestExchange::limitsTheHeaders()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({200, "x", {{"X-Long", QByteArray(70'000, 'x')}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::TooLarge);
}

void TestExchange::limitsTheTimeOfSilence()
{
    TestServer server; // Its empty handler never answers.
    HttpSettings settings = quickSettings();
    settings.retry.attempts = 2;
    settings.timeouts.firstByte = 20ms;
    HttpClient client(m_network, Origin::of(server.url()), settings);
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Timeout);
    QCOMPARE(server.requests().size(), qsizetype(2));
}

void TestExchange::keepsNoCookies()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({200, "x", {{"Set-Cookie", "session=1; Path=/"}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    QVERIFY(outcomeOf(client.send({.url = server.url()})));
    QVERIFY(outcomeOf(client.send({.url = server.url()})));
    QVERIFY(!server.requests().last().headers.contains("cookie"));
}

void TestExchange::givesUnfinishedBodiesAsErrors()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({200, "half", {{"Content-Length", "8"}}});
        c.close();
    });
    HttpSettings settings = quickSettings();
    settings.retry.attempts = 1;
    HttpClient client(m_network, Origin::of(server.url()), settings);
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Network);
}

void TestExchange::streamsIntoASink()
{
    const QByteArray body(3'000'000, 'b');
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) { c.answer({200, body}); });
    HttpClient client(m_network, Origin::of(server.url()));
    auto sink = std::make_shared<CollectingSink>();
    const auto response = outcomeOf(client.send({.url = server.url(), .sink = sink}));
    QVERIFY(response);
    QVERIFY(response->body.isEmpty());
    QCOMPARE(sink->content, body);
    QCOMPARE(sink->beginOffset, qint64(0));
    QCOMPARE(sink->beginTotal, body.size());
    QVERIFY(sink->isFinished);
}

void TestExchange::tellsTheSinkWhereAPartBegins()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({206, "cde", {{"Content-Range", "bytes 2-4/5"}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    auto sink = std::make_shared<CollectingSink>();
    QVERIFY(outcomeOf(client.send({.url = server.url(), .sink = sink})));
    QCOMPARE(sink->beginOffset, qint64(2));
    QCOMPARE(sink->beginTotal, qint64(5));
}

void TestExchange::refusesAPartWithoutARange()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({206, "cde"});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    auto sink = std::make_shared<CollectingSink>();
    const auto response = outcomeOf(client.send({.url = server.url(), .sink = sink}));
    QVERIFY(!response);
    QVERIFY(sink->content.isEmpty());
    QVERIFY(!sink->isFinished);
}

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_exchange.moc"
