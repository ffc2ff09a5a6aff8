// SPDX-License-Identifier: Apache-2.0
#include "core/auth/registryauthorizer.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"
#include "support/tokenregistry.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

/// RegistryAuthorizer against wrong passwords and hostile registries.
class TestRegistryAuthorizerRefusals : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aWrongPasswordIsNotTriedForEveryRequest_data();
    void aWrongPasswordIsNotTriedForEveryRequest();
    void aRightPasswordIsTriedOnceForAll();
    void aTrialThatSaysNothingDecidesNothing();
    void aPasswordThatWorkedIsNotBlamed();
    void refusesTokenServersThatMustNotBeAsked_data();
    void refusesTokenServersThatMustNotBeAsked();
    void neverTakesThePasswordAlongToAnotherHost();
    void namesTheSchemesThatItDoesNotKnow();
    void sendsNoUserWithAColon_data();
    void sendsNoUserWithAColon();

private:
    [[nodiscard]] HttpJob *job(const QString &repository = u"a"_s);
    [[nodiscard]] Result<HttpResponse> ask(const QString &repository = u"a"_s)
    {
        return outcomeOf(job(repository));
    }
    /// Starts so many requests at once and counts the failures.
    [[nodiscard]] int failuresOf(int count);

    Network m_network;
    std::unique_ptr<TokenRegistry> m_server;
    std::unique_ptr<HttpClient> m_client;
    std::unique_ptr<RegistryAuthorizer> m_authorizer;
};

void TestRegistryAuthorizerRefusals::init()
{
    m_authorizer.reset();
    m_client.reset();
    m_server = std::make_unique<TokenRegistry>();
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_server->url()), settings);
    m_authorizer = std::make_unique<RegistryAuthorizer>(*m_client);
    m_client->setAuthorizer(m_authorizer.get());
}

HttpJob *TestRegistryAuthorizerRefusals::job(const QString &repository)
{
    return m_client->send({.url = m_server->url(u"/v2/%1/tags/list"_s.arg(repository)),
                           .scopes = {u"repository:%1:pull"_s.arg(repository)}});
}

int TestRegistryAuthorizerRefusals::failuresOf(int count)
{
    QEventLoop loop;
    int done = 0;
    int failed = 0;
    for (int i = 0; i < count; ++i) {
        HttpJob *one = job();
        one->then(this, [&](const Result<HttpResponse> &response) {
            failed += response ? 0 : 1;
            if (++done == count)
                loop.quit();
        });
        one->start();
    }
    QTimer::singleShot(30'000, &loop, &QEventLoop::quit);
    loop.exec();
    return done == count ? failed : -1;
}

void TestRegistryAuthorizerRefusals::aWrongPasswordIsNotTriedForEveryRequest_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::newRow("Bearer") << QByteArray();
    QTest::newRow("Basic") << QByteArray(R"(Basic realm="x")");
}

void TestRegistryAuthorizerRefusals::aWrongPasswordIsNotTriedForEveryRequest()
{
    // CRED-22: servers lock accounts.
    QFETCH(QByteArray, challenge);
    if (!challenge.isEmpty())
        m_server->challenge = challenge;
    m_authorizer->setCredentials({u"me"_s, Secret("wrong")});
    // More come when the first are on their way.
    int late = -1;
    m_server->setHandler([&](const TestRequest &request, const TestConnection &c) {
        if (request.raw.contains("Basic ") && std::exchange(late, 0) < 0)
            QMetaObject::invokeMethod(
                this, [&] { late = failuresOf(20); }, Qt::QueuedConnection);
        m_server->answerByRule(request, c);
    });
    QCOMPARE(failuresOf(50), 50);
    QTRY_COMPARE(late, 20);
    QVERIFY(!ask());
    QCOMPARE(
        std::count_if(m_server->requests().begin(), m_server->requests().end(),
                      [](const TestRequest &request) { return request.raw.contains("Basic "); }),
        qsizetype(1));
}

void TestRegistryAuthorizerRefusals::aRightPasswordIsTriedOnceForAll()
{
    m_server->challenge = R"(Basic realm="x")";
    const Credentials me{u"me"_s, Secret("right")};
    m_authorizer->setCredentials(me);
    m_server->validHeaders.insert(me.basicHeader().reveal());
    QCOMPARE(failuresOf(30), 0);
    QCOMPARE(m_server->count("HEAD"), qsizetype(1));
    QCOMPARE(failuresOf(30), 0);
    QCOMPARE(m_server->requests().size(), qsizetype(30 + 1 + 30 + 30));
}

void TestRegistryAuthorizerRefusals::aTrialThatSaysNothingDecidesNothing()
{
    m_server->challenge = R"(Basic realm="x")";
    const Credentials me{u"me"_s, Secret("right")};
    m_authorizer->setCredentials(me);
    m_server->validHeaders.insert(me.basicHeader().reveal());
    m_server->setHandler([&](const TestRequest &request, const TestConnection &c) {
        if (request.method == "HEAD")
            return c.answer({503, {}, {}, true});
        m_server->answerByRule(request, c);
    });
    QVERIFY(ask());
    // And a refusal without a trial is final as well.
    m_server->validHeaders.clear();
    m_server->forgetRequests();
    for (int round = 0; round < 3; ++round)
        QVERIFY(!ask());
    QCOMPARE(m_server->requests().size(), qsizetype(1));
}

void TestRegistryAuthorizerRefusals::aPasswordThatWorkedIsNotBlamed()
{
    // Harbor answers a token that does not reach with a challenge for Basic.
    m_authorizer->setCredentials({u"me"_s, Secret("right")});
    QVERIFY(ask(u"mine"_s));
    m_server->setHandler([this](const TestRequest &request, const TestConnection &c) {
        if (request.path().contains(u"theirs"_s))
            return c.answer({401, {}, {{"WWW-Authenticate", R"(Basic realm="harbor")"}}});
        m_server->answerByRule(request, c);
    });
    for (int round = 0; round < 2; ++round) {
        const auto response = ask(u"theirs"_s);
        QVERIFY(!response);
        QVERIFY2(!response.error().message.contains(u"rejected"_s),
                 qPrintable(response.error().message));
    }
    m_server->validHeaders.insert(m_authorizer->credentials().basicHeader().reveal());
    QVERIFY(ask(u"mine"_s));
}

void TestRegistryAuthorizerRefusals::refusesTokenServersThatMustNotBeAsked_data()
{
    // CRED-04
    QTest::addColumn<QByteArray>("challenge");
    for (const char *realm :
         {"silly-realm", "/token", "//host/token", "file:///etc/passwd", "data:,x", "ftp://a/b",
          "http://me:pw@127.0.0.1/", "http://127.0.0.1/#fragment", "http://", "http://[::1"})
        QTest::newRow(realm) << QByteArray("Bearer realm=\"" + QByteArray(realm) + '"');
    QTest::newRow("two realms") << QByteArray(
        R"(Bearer realm="http://127.0.0.1:1/a",realm="http://127.0.0.1:1/b")");
}

void TestRegistryAuthorizerRefusals::refusesTokenServersThatMustNotBeAsked()
{
    QFETCH(QByteArray, challenge);
    m_server->challenge = challenge;
    m_authorizer->setCredentials({u"me"_s, Secret("CANARY")});
    const auto response = ask();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Policy);
    QCOMPARE(m_server->requests().size(), qsizetype(1));
    QVERIFY(!QString(response.error().message + response.error().detail).contains(u"pw"_s));
}

void TestRegistryAuthorizerRefusals::neverTakesThePasswordAlongToAnotherHost()
{
    // CRED-01, H7: a blob behind a redirect, with Basic and with a token.
    TestServer store;
    store.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "blob"}); });
    const Credentials me{u"me"_s, Secret("right")};
    for (const QByteArray &scheme :
         {QByteArray(R"(Basic realm="x")"), m_server->bearerChallenge()}) {
        m_server->challenge = scheme;
        m_server->setHandler([&](const TestRequest &request, const TestConnection &c) {
            if (request.path() == u"/token"_s || !request.headers.contains("authorization"))
                return m_server->answerByRule(request, c);
            c.answer({307, {}, {{"Location", store.url().toEncoded()}}});
        });
        m_authorizer->setCredentials(me);
        const auto response = ask();
        QVERIFY(response);
        QCOMPARE(response->body, "blob");
        QVERIFY(!store.requests().last().headers.contains("authorization"));
    }
}

void TestRegistryAuthorizerRefusals::namesTheSchemesThatItDoesNotKnow()
{
    // CRED-10
    m_server->challenge = R"(Negotiate, NTLM, Digest realm="x", Bearer service="no realm")";
    m_authorizer->setCredentials({u"me"_s, Secret("CANARY")});
    const auto response = ask();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Unauthorized);
    QCOMPARE(response.error().detail, u"negotiate, ntlm, digest, bearer"_s);
    QCOMPARE(m_server->requests().size(), qsizetype(1));
    m_server->challenge = R"(Negotiate, Bearer realm="", Basic realm="x")";
    (void)ask();
    QVERIFY(m_server->requests().last().header("authorization").startsWith("Basic "));
}

void TestRegistryAuthorizerRefusals::sendsNoUserWithAColon_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::newRow("Bearer") << QByteArray();
    QTest::newRow("Basic") << QByteArray(R"(Basic realm="x")");
}

void TestRegistryAuthorizerRefusals::sendsNoUserWithAColon()
{
    // RFC 7617, 2: the registry would take it for another user.
    QFETCH(QByteArray, challenge);
    if (!challenge.isEmpty())
        m_server->challenge = challenge;
    (void)ask(); // By then it is known how to sign in.
    m_server->forgetRequests();
    m_authorizer->setCredentials({u"me:too"_s, Secret("right")});
    const auto response = ask();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::InvalidInput);
    for (const TestRequest &request : m_server->requests())
        QVERIFY(!request.raw.contains("Basic "));
}

QTEST_GUILESS_MAIN(TestRegistryAuthorizerRefusals)
#include "tst_registryauthorizer_refusals.moc"
