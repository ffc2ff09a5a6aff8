// SPDX-License-Identifier: Apache-2.0
#include "core/auth/trypasswordjob.h"
#include "core/http/httpclient.h"
#include "support/outcome.h"
#include "support/testserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

class TestTryPasswordJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void changesNothingOnTheServer();
    void asksOnce_data();
    void asksOnce();
    void takesThePasswordNowhereElse();

private:
    [[nodiscard]] Result<Done> attempt()
    {
        return outcomeOf(new TryPasswordJob(*m_client, m_server->url(u"/v2/a/manifests/sha256:0"_s),
                                            {u"größe"_s, Secret("secret:")}));
    }

    Network m_network;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<HttpClient> m_client;
};

void TestTryPasswordJob::init()
{
    m_client.reset();
    m_server = std::make_unique<TestServer>();
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_server->url()), settings);
}

void TestTryPasswordJob::changesNothingOnTheServer()
{
    m_server->setHandler([](const TestRequest &, const TestConnection &connection) {
        connection.answer({.isHead = true});
    });
    QVERIFY(attempt());
    // Whatever was refused before: only HEAD is sent.
    QCOMPARE(m_server->requestLines(), QStringList{u"HEAD /v2/a/manifests/sha256:0"_s});
    QCOMPARE(m_server->requests().first().header("authorization"),
             "Basic " + QByteArray("größe:secret:").toBase64());
}

void TestTryPasswordJob::asksOnce_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isLetIn");
    QTest::newRow("let in") << 200 << true;
    QTest::newRow("somebody without this right") << 403 << true;
    QTest::newRow("gone") << 404 << true;
    QTest::newRow("no HEAD here") << 405 << true;
    QTest::newRow("wrong password") << 401 << false;
    QTest::newRow("too many") << 429 << false;
    QTest::newRow("not now") << 503 << false;
}

void TestTryPasswordJob::asksOnce()
{
    QFETCH(const int, status);
    m_server->setHandler([status](const TestRequest &, const TestConnection &connection) {
        connection.answer({.status = status,
                           .headers = {{"WWW-Authenticate", R"(Basic realm="x")"}},
                           .isHead = true});
    });
    const auto result = attempt();
    QTEST(result.has_value(), "isLetIn");
    if (status == 401)
        QCOMPARE(result.error().kind, Kind::Unauthorized);
    QCOMPARE(m_server->requests().size(), qsizetype(1)); // Servers lock accounts.
}

void TestTryPasswordJob::takesThePasswordNowhereElse()
{
    TestServer other;
    m_server->setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.answer(
            {.status = 307, .headers = {{"Location", other.url().toEncoded()}}, .isHead = true});
    });
    QVERIFY(attempt()); // It was let in.
    QVERIFY(other.requests().isEmpty());
}

QTEST_GUILESS_MAIN(TestTryPasswordJob)
#include "tst_trypasswordjob.moc"
