// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/registry/pingjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using SignIn = PingAnswer::SignIn;

class TestPingJob : public QObject
{
    Q_OBJECT

private slots:
    void seesHowToSignIn_data();
    void seesHowToSignIn();
    void takesAnyBodyOfARegistry_data();
    void takesAnyBodyOfARegistry();
    void knowsWhatIsNoRegistry_data();
    void knowsWhatIsNoRegistry();
    void asksOnceAndWithoutCredentials();
    void asksABusyRegistryAgainWhereItMay_data();
    void asksABusyRegistryAgainWhereItMay();
    void asksNobodyAgainWhoIsNotThere();
    void keepsNoChallengeOfAnotherPlace();

private:
    [[nodiscard]] Result<PingAnswer> ping(const TestAnswer &answer);

    Network m_network;
    QStringList m_lines;
};

Result<PingAnswer> TestPingJob::ping(const TestAnswer &answer)
{
    TestServer server;
    server.setHandler([=](const TestRequest &, const TestConnection &c) { c.answer(answer); });
    HttpClient client(m_network, Origin::of(server.url()));
    auto result = outcomeOf(new PingJob(client, RegistryUrls(server.url({}))));
    m_lines = server.requestLines();
    return result;
}

void TestPingJob::seesHowToSignIn_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<SignIn>("signIn");
    QTest::addColumn<QString>("realm");
    QTest::newRow("open") << 200 << QByteArray() << SignIn::NotNeeded << QString();
    QTest::newRow("open, with a hint as zot")
        << 200 << QByteArray("Bearer realm=https://a/t") << SignIn::NotNeeded << QString();
    QTest::newRow("Basic") << 401 << QByteArray(R"(Basic realm="x")") << SignIn::Basic << QString();
    QTest::newRow("Bearer") << 401 << QByteArray(R"(Bearer realm="https://a/t",service="s")")
                            << SignIn::Bearer << u"https://a/t"_s;
    QTest::newRow("both") << 401 << QByteArray(R"(Basic realm="x", Bearer realm="https://a/t")")
                          << SignIn::Bearer << u"https://a/t"_s;
    QTest::newRow("in two headers")
        << 401 << QByteArray("Basic realm=\"x\"\r\nWWW-Authenticate: Bearer realm=\"https://a/t\"")
        << SignIn::Bearer << u"https://a/t"_s;
    QTest::newRow("Bearer without a realm")
        << 401 << QByteArray(R"(Bearer realm="", Basic realm="x")") << SignIn::Basic << QString();
    QTest::newRow("unknown") << 401 << QByteArray("Negotiate") << SignIn::Unsupported << QString();
    QTest::newRow("none") << 401 << QByteArray() << SignIn::Unsupported << QString();
    QTest::newRow("hostile realm") << 401 << QByteArray("Bearer realm=\"https://a/\x1b[31m\"")
                                   << SignIn::Bearer << u"https://a/\\u{1B}[31m"_s;
}

void TestPingJob::seesHowToSignIn()
{
    QFETCH(int, status);
    QFETCH(QByteArray, challenge);
    TestAnswer given{status, "{}", {{"Docker-Distribution-Api-Version", "registry/2.0"}}};
    if (!challenge.isEmpty())
        given.headers.emplaceBack("WWW-Authenticate", challenge);
    const auto answer = ping(given);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QTEST(answer->signIn, "signIn");
    QTEST(answer->realm, "realm");
    QCOMPARE(answer->apiVersion, u"registry/2.0"_s);
}

void TestPingJob::takesAnyBodyOfARegistry_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::newRow("Quay's true") << TestAnswer{200, "true"};
    QTest::newRow("empty") << TestAnswer{200, {}};
    QTest::newRow("web page of a registry") << TestAnswer{
        200,
        "<html>",
        {{"Content-Type", "text/html"}, {"Docker-Distribution-Api-Version", "registry/2.0"}}};
    // nginx in front of a registry asks with a page of its own.
    QTest::newRow("password before a registry")
        << TestAnswer{401,
                      "<html><h1>401 Authorization Required</h1></html>",
                      {{"Content-Type", "text/html"}, {"WWW-Authenticate", "Basic realm=\"r\""}}};
}

void TestPingJob::takesAnyBodyOfARegistry()
{
    QFETCH(TestAnswer, answer);
    QVERIFY(ping(answer));
}

void TestPingJob::knowsWhatIsNoRegistry_data()
{
    QTest::addColumn<TestAnswer>("answer");
    QTest::addColumn<Kind>("kind");
    const QList<std::pair<QByteArray, QByteArray>> html{{"Content-Type", "text/html; charset=x"}};
    QTest::newRow("404") << TestAnswer{404, "404 page not found"} << Kind::Protocol;
    QTest::newRow("web page") << TestAnswer{200, "<html>", html} << Kind::Protocol;
    QTest::newRow("web page in capitals")
        << TestAnswer{200, "<html>", {{"Content-Type", "Text/HTML"}}} << Kind::Protocol;
    QTest::newRow("sign-in without a challenge")
        << TestAnswer{401, "<html>", html} << Kind::Protocol;
    QTest::newRow("403") << TestAnswer{403} << Kind::Forbidden;
    QTest::newRow("502") << TestAnswer{502, "<html>", html} << Kind::Protocol;
}

void TestPingJob::knowsWhatIsNoRegistry()
{
    QFETCH(TestAnswer, answer);
    const auto result = ping(answer);
    QVERIFY(!result);
    QTEST(result.error().kind, "kind");
    QCOMPARE(result.error().httpStatus, answer.status);
}

void TestPingJob::asksOnceAndWithoutCredentials()
{
    QVERIFY(!ping({503}));
    QCOMPARE(m_lines, QStringList{u"GET /v2/"_s});
}

void TestPingJob::asksABusyRegistryAgainWhereItMay_data()
{
    QTest::addColumn<TestAnswer>("first");
    QTest::addColumn<qsizetype>("requests");
    QTest::newRow("busy") << TestAnswer{503} << qsizetype(2);
    QTest::newRow("a gateway") << TestAnswer{502, "<html>"} << qsizetype(2);
    QTest::newRow("wants to be left alone for a moment")
        << TestAnswer{429, {}, {{"Retry-After", "0"}}} << qsizetype(2);
    QTest::newRow("wants to be left alone for long")
        << TestAnswer{429, {}, {{"Retry-After", "60"}}} << qsizetype(1);
    QTest::newRow("not allowed") << TestAnswer{403} << qsizetype(1);
}

void TestPingJob::asksABusyRegistryAgainWhereItMay()
{
    QFETCH(const TestAnswer, first);
    QFETCH(const qsizetype, requests);
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer(server.requests().size() == 1 ? first : TestAnswer{200, "{}"});
    });
    HttpSettings settings;
    settings.retry.firstDelay = std::chrono::milliseconds(1);
    HttpClient client(m_network, Origin::of(server.url()), settings);
    auto *job = new PingJob(client, RegistryUrls(server.url({})));
    job->setAttempts(3);
    QCOMPARE(bool(outcomeOf(job)), requests > 1);
    QCOMPARE(server.requests().size(), requests);
}

void TestPingJob::asksNobodyAgainWhoIsNotThere()
{
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) {
        c.sendRaw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        c.close();
    });
    HttpClient client(m_network, Origin::of(server.url()));
    auto *job = new PingJob(client, RegistryUrls(server.url({})));
    job->setAttempts(3);
    const auto answer = outcomeOf(job);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Kind::Network);
    QCOMPARE(server.requests().size(), 1);
}

void TestPingJob::keepsNoChallengeOfAnotherPlace()
{
    const QByteArray challenge = R"(Basic realm="r")";
    TestServer other;
    other.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({401, {}, {{"WWW-Authenticate", challenge}}});
    });
    const auto away = ping({307, {}, {{"Location", other.url().toEncoded()}}});
    QVERIFY(away);
    QCOMPARE(away->challenge, "");
    const auto home = ping({401, {}, {{"WWW-Authenticate", challenge}}});
    QVERIFY(home);
    QCOMPARE(home->challenge, challenge);
}

QTEST_GUILESS_MAIN(TestPingJob)
#include "tst_pingjob.moc"
