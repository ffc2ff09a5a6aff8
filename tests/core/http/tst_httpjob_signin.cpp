// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/requestauthorizer.h"
#include "support/manualjob.h"
#include "support/outcome.h"
#include "support/testserver.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;
using Method = HttpRequest::Method;

namespace {

HttpSettings quickSettings()
{
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    return settings;
}

/// Signs in with "secret 1", after a refusal with "secret 2"; remembers what it was asked.
class FakeAuthorizer final : public QObject, public RequestAuthorizer
{
public:
    ResultJob<Secret> *authorize(const HttpRequest &request) override
    {
        asked.append(request.url.path());
        return answer(Secret(isShy ? "" : "secret 1"));
    }
    ResultJob<Secret> *answerChallenge(const HttpRequest &, const HttpResponse &,
                                       const Secret &refused) override
    {
        refusals.append(refused.reveal());
        return answer(isOutOfIdeas ? Result<Secret>(Error{Kind::Unauthorized, u"no idea"_s})
                                   : Secret("secret 2"));
    }

    bool canSignIn(const HttpRequest &) const override { return isShy; }

    Error explainRefusal(const HttpRequest &, const Error &refusal, const Secret &) override
    {
        return refusal;
    }

    QStringList asked;
    bool isShy = false; ///< Sends nothing before it is refused.
    QByteArrayList refusals;
    bool isOutOfIdeas = false;

private:
    ResultJob<Secret> *answer(const Result<Secret> &answer)
    {
        auto *job = new ManualJob<Secret>(this);
        QMetaObject::invokeMethod(
            job, [=] { answer ? job->finishWith(*answer) : job->failWith(answer.error()); },
            Qt::QueuedConnection);
        return job;
    }
};

} // namespace

/// HttpJob and what goes to whom: credentials, redirects, headers.
class TestHttpJobSignIn : public QObject
{
    Q_OBJECT

private slots:
    void followsEveryRedirectOfAReading_data();
    void followsEveryRedirectOfAReading();
    void handsOverRedirectsThatAreNotToBeFollowed();
    void signsInAtHomeOnly();
    void answersOneChallengeOnly();
    void signsInWhereItIsForbidden_data();
    void signsInWhereItIsForbidden();
    void reportsAnAuthorizerWithoutIdeas();
    void leavesTheChallengesOfOthersAlone();
    void refusesHeadersThatAreTwo_data();
    void refusesHeadersThatAreTwo();

private:
    Network m_network;
};

void TestHttpJobSignIn::followsEveryRedirectOfAReading_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

void TestHttpJobSignIn::followsEveryRedirectOfAReading()
{
    // SRV-18
    QFETCH(int, status);
    TestServer server;
    server.setHandler([&](const TestRequest &request, const TestConnection &c) {
        if (request.path() == u"/there"_s)
            return c.answer({200, {}, {{"X-Found", "yes"}}, request.method == "HEAD"});
        c.answer({status, {}, {{"Location", "there"}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    for (const Method method : {Method::Get, Method::Head}) {
        const auto response =
            outcomeOf(client.send({.method = method, .url = server.url(u"/a"_s)}));
        QVERIFY(response);
        QCOMPARE(response->headers.value("X-Found"), "yes");
        QCOMPARE(response->url, server.url(u"/there"_s));
        const HttpRequest sent{.method = method, .url = {}};
        QCOMPARE(server.requests().last().method, sent.verb());
    }
}

void TestHttpJobSignIn::handsOverRedirectsThatAreNotToBeFollowed()
{
    TestServer other;
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({307, {}, {{"Location", other.url().toEncoded()}}});
    });
    HttpClient client(m_network, Origin::of(server.url()));
    HttpRequest request{.url = server.url(), .redirects = HttpRequest::Redirects::Never};
    const auto answer = outcomeOf(client.send(request));
    QVERIFY(answer);
    QCOMPARE(answer->status, 307);
    request.redirects = HttpRequest::Redirects::SameOrigin;
    const auto refused = outcomeOf(client.send(request));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Kind::Policy);
    QVERIFY(other.requests().isEmpty());
}

void TestHttpJobSignIn::signsInAtHomeOnly()
{
    // CRED-01: home, then elsewhere, then home again.
    TestServer server;
    TestServer other;
    other.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({302, {}, {{"Location", server.url(u"/back"_s).toEncoded()}}});
    });
    server.setHandler([&](const TestRequest &request, const TestConnection &c) {
        if (request.path() == u"/back"_s)
            return c.answer({200, "ok"});
        c.answer({302, {}, {{"Location", other.url(u"/x"_s).toEncoded()}}});
    });
    FakeAuthorizer authorizer;
    HttpClient client(m_network, Origin::of(server.url()));
    client.setAuthorizer(&authorizer);
    QVERIFY(outcomeOf(client.send({.url = server.url(u"/a"_s)})));
    QCOMPARE(authorizer.asked, QStringList({u"/a"_s, u"/back"_s}));
    QCOMPARE(server.requests().at(0).header("authorization"), "secret 1");
    QCOMPARE(server.requests().at(1).header("authorization"), "secret 1");
    QVERIFY(!other.requests().first().raw.contains("secret"));
    // And not at all where it is told not to.
    QVERIFY(outcomeOf(
        client.send({.url = server.url(u"/back"_s), .signIn = HttpRequest::SignIn::Never})));
    QVERIFY(!server.requests().last().headers.contains("authorization"));
}

void TestHttpJobSignIn::answersOneChallengeOnly()
{
    // CRED-09
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) { c.answer({401, "no"}); });
    FakeAuthorizer authorizer;
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    client.setAuthorizer(&authorizer);
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Unauthorized);
    QCOMPARE(authorizer.refusals, QByteArrayList{"secret 1"});
    QCOMPARE(server.requests().size(), qsizetype(2));
    QCOMPARE(server.requests().last().header("authorization"), "secret 2");
}

void TestHttpJobSignIn::signsInWhereItIsForbidden_data()
{
    // protocol.md 3.7: Google's registry forbids what it should ask a sign-in for.
    QTest::addColumn<bool>("isShy");
    QTest::addColumn<QByteArray>("admitted");
    QTest::addColumn<QByteArrayList>("sent");
    const QByteArrayList both{"", "secret 2"};
    QTest::newRow("for want of a sign-in") << true << QByteArray("secret 2") << both;
    QTest::newRow("to everybody") << true << QByteArray("nobody") << both;
    QTest::newRow("though it signed in")
        << false << QByteArray("nobody") << QByteArrayList{"secret 1"};
}

void TestHttpJobSignIn::signsInWhereItIsForbidden()
{
    QFETCH(bool, isShy);
    QFETCH(QByteArray, admitted);
    TestServer server;
    server.setHandler([&](const TestRequest &request, const TestConnection &c) {
        c.answer({request.header("authorization") == admitted ? 200 : 403});
    });
    FakeAuthorizer authorizer;
    authorizer.isShy = isShy;
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    client.setAuthorizer(&authorizer);
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QCOMPARE(bool(response), admitted != "nobody");
    if (!response)
        QCOMPARE(response.error().kind, Kind::Forbidden);
    QByteArrayList sent;
    for (const TestRequest &request : server.requests())
        sent.append(request.header("authorization"));
    QTEST(sent, "sent");
}

void TestHttpJobSignIn::reportsAnAuthorizerWithoutIdeas()
{
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) { c.answer({401, "no"}); });
    FakeAuthorizer authorizer;
    authorizer.isOutOfIdeas = true;
    HttpClient client(m_network, Origin::of(server.url()), quickSettings());
    client.setAuthorizer(&authorizer);
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QCOMPARE(response.error().message, u"no idea"_s);
    QCOMPARE(server.requests().size(), qsizetype(1));
}

void TestHttpJobSignIn::leavesTheChallengesOfOthersAlone()
{
    // CVE-2020-15157 and its kin: the target of a redirect asks for credentials.
    TestServer other;
    other.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({401, {}, {{"WWW-Authenticate", "Basic realm=\"x\""}}});
    });
    TestServer server;
    server.setHandler([&](const TestRequest &, const TestConnection &c) {
        c.answer({307, {}, {{"Location", other.url().toEncoded()}}});
    });
    FakeAuthorizer authorizer;
    HttpClient client(m_network, Origin::of(server.url()));
    client.setAuthorizer(&authorizer);
    const auto response = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!response);
    QVERIFY(authorizer.refusals.isEmpty());
    QCOMPARE(other.requests().size(), qsizetype(1));
    QVERIFY(!other.requests().first().raw.contains("secret"));
}

void TestHttpJobSignIn::refusesHeadersThatAreTwo_data()
{
    // Q10: Qt would really send two headers.
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("line break") << QByteArray("X-A") << QByteArray("a\r\nX-B: b");
    QTest::newRow("line feed") << QByteArray("X-A") << QByteArray("a\nX-B: b");
    QTest::newRow("NUL") << QByteArray("X-A") << QByteArray("a\0b", 3);
    QTest::newRow("in the name") << QByteArray("X-A: a\r\nX-B") << QByteArray("b");
    QTest::newRow("DEL") << QByteArray("X-A") << QByteArray("\x7f");
}

void TestHttpJobSignIn::refusesHeadersThatAreTwo()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    TestServer server;
    HttpClient client(m_network, Origin::of(server.url()));
    HttpRequest request{.url = server.url()};
    request.addHeader(name, value);
    const auto response = outcomeOf(client.send(request));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Policy);
    QVERIFY(server.requests().isEmpty());
}

QTEST_GUILESS_MAIN(TestHttpJobSignIn)
#include "tst_httpjob_signin.moc"
