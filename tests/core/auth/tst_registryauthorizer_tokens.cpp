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

/// RegistryAuthorizer and its tokens: how many are fetched, and when.
class TestRegistryAuthorizerTokens : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void oneTokenServesManyRequests();
    void everyRepositoryHasItsToken();
    void aTokenForMoreServesForLess();
    void oneRefreshAndOneReplayWhenATokenExpires();
    void permanentRefusalIsBounded();
    void asksForTheRightThatIsMissing();
    void newCredentialsForgetTheTokensOfTheOld();
    void anAnswerForTheOldAccountIsNotKept();
    void remembersTheChallengeForRefusalsWithoutOne();
    void twoAccountsShareNothing();

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

void TestRegistryAuthorizerTokens::init()
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

HttpJob *TestRegistryAuthorizerTokens::job(const QString &repository)
{
    return m_client->send({.url = m_server->url(u"/v2/%1/tags/list"_s.arg(repository)),
                           .scopes = {u"repository:%1:pull"_s.arg(repository)}});
}

int TestRegistryAuthorizerTokens::failuresOf(int count)
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

void TestRegistryAuthorizerTokens::oneTokenServesManyRequests()
{
    // CON-08
    QCOMPARE(failuresOf(50), 0);
    QCOMPARE(m_server->tokenRequestCount(), qsizetype(1));
    QCOMPARE(m_authorizer->scheme(), RegistryAuthorizer::Scheme::Bearer);
    m_server->forgetRequests();
    QCOMPARE(failuresOf(50), 0);
    QCOMPARE(m_server->requests().size(), qsizetype(50)); // H5: nothing but the requests.
}

void TestRegistryAuthorizerTokens::everyRepositoryHasItsToken()
{
    for (int round = 0; round < 3; ++round) {
        QVERIFY(ask(u"a"_s));
        QVERIFY(ask(u"b"_s));
    }
    QCOMPARE(m_server->tokenRequestCount(), qsizetype(2));
    QVERIFY(m_server->requests().at(1).target.contains("scope=repository:a:pull"));
}

void TestRegistryAuthorizerTokens::aTokenForMoreServesForLess()
{
    HttpRequest request{.url = m_server->url(u"/v2/a/manifests/x"_s),
                        .scopes = {u"repository:a:pull,delete"_s}};
    QVERIFY(outcomeOf(m_client->send(request)));
    QVERIFY(ask(u"a"_s));
    QCOMPARE(m_server->tokenRequestCount(), qsizetype(1));
}

void TestRegistryAuthorizerTokens::oneRefreshAndOneReplayWhenATokenExpires()
{
    // CRED-08, CON-08
    QVERIFY(ask());
    m_server->validHeaders.clear();
    m_server->forgetRequests();
    QCOMPARE(failuresOf(20), 0);
    QCOMPARE(m_server->tokenRequestCount(), qsizetype(1));
    QVERIFY(m_server->requests().size() <= 20 + 20 + 1);
}

void TestRegistryAuthorizerTokens::permanentRefusalIsBounded()
{
    // CRED-09
    m_server->setHandler([this](const TestRequest &request, const TestConnection &c) {
        if (request.path() == u"/token"_s)
            return m_server->answerByRule(request, c);
        c.answer({401, {}, {{"WWW-Authenticate", m_server->challenge}}});
    });
    for (int round = 0; round < 2; ++round) {
        m_server->forgetRequests();
        const auto response = ask();
        QVERIFY(!response);
        QCOMPARE(response.error().kind, Kind::Unauthorized);
        QVERIFY(m_server->tokenRequestCount() <= 2);
        QVERIFY(m_server->count("GET", u"/v2/"_s) <= 2);
    }
}

void TestRegistryAuthorizerTokens::asksForTheRightThatIsMissing()
{
    QVERIFY(ask());
    m_server->validHeaders.clear();
    m_server->challenge = m_server->bearerChallenge()
                          + R"(,scope="repository:a:pull,push repository:b:pull",)"
                          + R"(error="insufficient_scope")";
    m_server->forgetRequests();
    QVERIFY(ask());
    QCOMPARE(m_server->requestLines().at(1),
             u"GET /token?service=s&scope=repository:a:pull,push&scope=repository:b:pull"_s);
}

void TestRegistryAuthorizerTokens::newCredentialsForgetTheTokensOfTheOld()
{
    // CRED-24
    m_authorizer->setCredentials({u"me"_s, Secret("right")});
    QVERIFY(ask());
    m_authorizer->setCredentials({});
    QVERIFY(ask());
    QCOMPARE(m_server->tokenRequestCount(), qsizetype(2));
    QVERIFY(m_server->requests().at(1).raw.contains("Basic "));
    QCOMPARE(m_server->requests().at(4).header("authorization"), "Bearer t2");
    QVERIFY(!m_server->requests().at(3).raw.contains("Basic "));
}

void TestRegistryAuthorizerTokens::anAnswerForTheOldAccountIsNotKept()
{
    m_authorizer->setCredentials({u"old"_s, Secret("right")});
    HttpJob *late = job();
    std::optional<Result<HttpResponse>> outcome;
    late->then(this, [&](const auto &result) { outcome = result; });
    std::optional<TestConnection> held;
    m_server->setHandler([&](const TestRequest &request, const TestConnection &c) {
        if (request.path() != u"/token"_s || m_server->issuedCount > 0)
            return m_server->answerByRule(request, c);
        ++m_server->issuedCount;
        held = c;
    });
    late->start();
    QTRY_VERIFY(held);
    m_authorizer->setCredentials({u"new"_s, Secret("right")});
    QVERIFY(ask());
    held->answer({200, R"({"token":"stale"})"});
    QTRY_VERIFY(outcome);
    m_server->forgetRequests();
    QVERIFY(ask());
    QCOMPARE(m_server->requests().size(), qsizetype(1));
    QVERIFY(!m_server->requests().first().raw.contains("stale"));
}

void TestRegistryAuthorizerTokens::remembersTheChallengeForRefusalsWithoutOne()
{
    m_server->challenge = m_server->bearerChallenge() + R"(,scope="repository:a:pull,push")";
    QVERIFY(ask(u"a"_s));
    m_server->challenge.clear();
    m_server->validHeaders.clear();
    m_server->forgetRequests();
    QVERIFY(ask(u"a"_s));
    m_server->validHeaders.clear();
    m_server->forgetRequests();
    QVERIFY(ask(u"b"_s));
    // The rights on the one repository are nothing to ask for with the other.
    for (const QString &line : m_server->requestLines())
        QVERIFY2(!line.contains(u"repository:a"_s), qPrintable(line));
}

void TestRegistryAuthorizerTokens::twoAccountsShareNothing()
{
    // CRED-23: as two windows on one registry.
    HttpClient other(m_network, Origin::of(m_server->url()));
    RegistryAuthorizer you(other);
    other.setAuthorizer(&you);
    m_authorizer->setCredentials({u"me"_s, Secret("right")});
    you.setCredentials({u"you"_s, Secret("right")});
    for (int round = 0; round < 2; ++round) {
        QVERIFY(ask());
        QCOMPARE(m_server->requests().last().header("authorization"), "Bearer t1");
        QVERIFY(outcomeOf(other.send(
            {.url = m_server->url(u"/v2/a/tags/list"_s), .scopes = {u"repository:a:pull"_s}})));
        QCOMPARE(m_server->requests().last().header("authorization"), "Bearer t2");
    }
    QCOMPARE(m_server->tokenRequestCount(), 2);
    // One of them leaves, and the other stays who he is.
    m_authorizer->setCredentials({});
    QVERIFY(outcomeOf(other.send(
        {.url = m_server->url(u"/v2/a/tags/list"_s), .scopes = {u"repository:a:pull"_s}})));
    QCOMPARE(m_server->requests().last().header("authorization"), "Bearer t2");
    QCOMPARE(m_server->tokenRequestCount(), 2);
}

QTEST_GUILESS_MAIN(TestRegistryAuthorizerTokens)
#include "tst_registryauthorizer_tokens.moc"
