// SPDX-License-Identifier: Apache-2.0
#include "core/auth/fetchtokenjob.h"
#include "core/http/httpclient.h"
#include "support/outcome.h"
#include "support/testserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

class TestFetchTokenJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void asksForTheRightsInOrder_data();
    void asksForTheRightsInOrder();
    void asksForEverythingWhereThereIsNoRightToDelete();
    void sendsThePasswordOnlyWhenThereIsOne();
    void tellsWhatTheTokenServerSays_data();
    void tellsWhatTheTokenServerSays();
    void saysWhoWasRejected();
    void followsNoRedirectToOthers();
    void triesAgainWhenTheServerIsBusy();
    void readsALimitedAnswer();

private:
    [[nodiscard]] Result<Token> fetch(const TokenRequest &request)
    {
        return outcomeOf(new FetchTokenJob(*m_client, request));
    }
    [[nodiscard]] QUrl realm() const { return m_server->url(u"/token"_s); }
    void answerWith(const TestAnswer &answer)
    {
        m_server->setHandler(
            [=](const TestRequest &, const TestConnection &c) { c.answer(answer); });
    }

    Network m_network;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<HttpClient> m_client;
};

void TestFetchTokenJob::init()
{
    m_client.reset();
    m_server = std::make_unique<TestServer>();
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_server->url()), settings);
    answerWith({200, R"({"token":"t"})"});
}

void TestFetchTokenJob::asksForTheRightsInOrder_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("service");
    QTest::addColumn<QStringList>("scopes");
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("nothing") << QString() << QString() << QStringList() << QByteArray("/token");
    QTest::newRow("one scope") << QString() << u"reg.lab"_s << QStringList{u"repository:a/b:pull"_s}
                               << QByteArray("/token?service=reg.lab&scope=repository:a/b:pull");
    QTest::newRow("two scopes")
        << QString() << QString()
        << QStringList{u"repository:a:pull,push"_s, u"registry:catalog:*"_s}
        << QByteArray("/token?scope=repository:a:pull,push&scope=registry:catalog:%2A");
    QTest::newRow("space and plus")
        << QString() << u"a b+c&d"_s << QStringList() << QByteArray("/token?service=a%20b%2Bc%26d");
    QTest::newRow("realm with a query") << u"?x=%3D+y"_s << u"s"_s << QStringList{u"r:a:b"_s}
                                        << QByteArray("/token?x=%3D+y&service=s&scope=r:a:b");
}

void TestFetchTokenJob::asksForTheRightsInOrder()
{
    QFETCH(QString, query);
    QFETCH(QString, service);
    QFETCH(QStringList, scopes);
    QFETCH(QByteArray, target);
    const QUrl asked = QUrl::fromEncoded(QByteArray(realm().toEncoded() + query.toLatin1()));
    const auto token = fetch({asked, service, scopes, {}});
    QVERIFY(token);
    QCOMPARE(token->value.reveal(), "t");
    QCOMPARE(m_server->requests().first().target, target);
    QCOMPARE(m_server->requests().first().method, "GET");
}

void TestFetchTokenJob::asksForEverythingWhereThereIsNoRightToDelete()
{
    // Quay refuses the whole request over it.
    m_server->setHandler([](const TestRequest &request, const TestConnection &connection) {
        if (request.target.contains("delete"))
            connection.answer({400, R"({"error":"unable to decode repository actions"})"});
        else
            connection.answer({200, R"({"token":"t"})"});
    });
    QVERIFY(fetch({realm(), {}, {u"repository:a/b:pull,delete"_s, u"x:y:pull"_s}, {}}));
    QCOMPARE(m_server->requests().last().target, "/token?scope=repository:a/b:%2A&scope=x:y:pull");
    QCOMPARE(m_server->requests().size(), qsizetype(2));
    m_server->forgetRequests();
    m_server->setHandler([](const TestRequest &, const TestConnection &c) { c.answer({400}); });
    QVERIFY(!fetch({realm(), {}, {u"repository:a/b:pull,delete"_s}, {}}));
    QCOMPARE(m_server->requests().size(), qsizetype(2));
}

void TestFetchTokenJob::sendsThePasswordOnlyWhenThereIsOne()
{
    QVERIFY(fetch({realm(), {}, {}, {}}));
    QVERIFY(!m_server->requests().last().headers.contains("authorization"));
    const Credentials me{u"me & you"_s, Secret("CANARY")};
    QVERIFY(fetch({realm(), {}, {}, me}));
    QCOMPARE(m_server->requests().last().header("authorization"), me.basicHeader().reveal());
    QCOMPARE(m_server->requests().last().target, "/token?account=me%20%26%20you");
}

void TestFetchTokenJob::tellsWhatTheTokenServerSays_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("detail");
    QTest::newRow("H3 refused") << 403 << QByteArray(R"({"details":"no such project"})")
                                << Kind::Forbidden << u"no such project"_s;
    QTest::newRow("anonymous refused")
        << 401 << QByteArray(R"({"errors":[{"code":"DENIED","message":"sign in"}]})")
        << Kind::Unauthorized << u"sign in"_s;
    QTest::newRow("OAuth") << 400 << QByteArray(R"({"error":"invalid_scope"})") << Kind::Protocol
                           << u"invalid_scope"_s;
    QTest::newRow("not there") << 404 << QByteArray() << Kind::NotFound << QString();
    QTest::newRow("web page") << 200 << QByteArray("<html>sign in</html>") << Kind::Protocol
                              << QString();
    QTest::newRow("no token in it") << 200 << QByteArray("{}") << Kind::Protocol << QString();
}

void TestFetchTokenJob::tellsWhatTheTokenServerSays()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    answerWith({status, body, {{"WWW-Authenticate", R"(Basic realm="x")"}}});
    const auto token = fetch({realm(), {}, {}, {}});
    QVERIFY(!token);
    QTEST(token.error().kind, "kind");
    QTEST(token.error().detail, "detail");
    QCOMPARE(m_server->requests().size(), qsizetype(1));
    QVERIFY(!token.error().message.contains(u"rejected"_s));
}

void TestFetchTokenJob::saysWhoWasRejected()
{
    // CRED-22: and does not try again.
    answerWith({401, R"({"details":"incorrect"})"});
    const auto token = fetch({realm(), {}, {}, {u"me"_s, Secret("CANARY")}});
    QVERIFY(!token);
    QCOMPARE(token.error().kind, Kind::Unauthorized);
    QVERIFY(token.error().message.contains(u"rejected"_s));
    QVERIFY(token.error().message.contains(u"me"_s));
    QVERIFY(!token.error().message.contains(u"CANARY"_s));
    QCOMPARE(m_server->requests().size(), qsizetype(1));
}

void TestFetchTokenJob::followsNoRedirectToOthers()
{
    // CRED-06
    TestServer other;
    answerWith({307, {}, {{"Location", other.url(u"/token"_s).toEncoded()}}});
    const auto token = fetch({realm(), {}, {}, {u"me"_s, Secret("CANARY")}});
    QVERIFY(!token);
    QCOMPARE(token.error().kind, Kind::Policy);
    QVERIFY(other.requests().isEmpty());
    m_server->setHandler([](const TestRequest &request, const TestConnection &c) {
        if (request.path() == u"/there"_s)
            return c.answer({200, R"({"token":"t"})"});
        c.answer({307, {}, {{"Location", "/there"}}});
    });
    QVERIFY(fetch({realm(), {}, {}, {}}));
}

void TestFetchTokenJob::triesAgainWhenTheServerIsBusy()
{
    m_server->setHandler([this](const TestRequest &, const TestConnection &c) {
        c.answer({m_server->requests().size() < 3 ? 503 : 200, R"({"token":"t"})"});
    });
    QVERIFY(fetch({realm(), {}, {}, {}}));
    QCOMPARE(m_server->requests().size(), qsizetype(3));
}

void TestFetchTokenJob::readsALimitedAnswer()
{
    // CRED-07
    answerWith({200, R"({"token":")" + QByteArray(1024 * 1024, 'x') + R"("})"});
    const auto token = fetch({realm(), {}, {}, {}});
    QVERIFY(!token);
    QCOMPARE(token.error().kind, Kind::TooLarge);
}

QTEST_GUILESS_MAIN(TestFetchTokenJob)
#include "tst_fetchtokenjob.moc"
