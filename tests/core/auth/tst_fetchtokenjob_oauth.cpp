// SPDX-License-Identifier: Apache-2.0
#include "core/auth/fetchtokenjob.h"
#include "core/auth/registryauthorizer.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"
#include "support/tokenregistry.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

/// FetchTokenJob and RegistryAuthorizer with identity tokens.
class TestFetchTokenJobOAuth : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void sendsAFormWithTheIdentityToken();
    void asksWithThePasswordWhereThereIsNoOAuth_data();
    void asksWithThePasswordWhereThereIsNoOAuth();
    void saysThatTheServerTakesNoIdentityTokens_data();
    void saysThatTheServerTakesNoIdentityTokens();
    void saysThatTheIdentityTokenWasRejected_data();
    void saysThatTheIdentityTokenWasRejected();
    void asksForEverythingWhereThereIsNoRightToDelete();
    void followsNoRedirect();
    void asksAlsoWhereNothingMayBeChanged();
    void sendsTheIdentityTokenToTheTokenServerOnly();
    void goesOnWithTheIdentityTokenThatItWasGiven();
    void sendsNoIdentityTokenByBasic();

private:
    [[nodiscard]] Result<Token> fetch(const Credentials &credentials,
                                      const QStringList &scopes = {u"repository:a/b:pull"_s})
    {
        return outcomeOf(new FetchTokenJob(
            *m_client, {m_server->url(u"/token"_s), u"reg.lab"_s, scopes, credentials}));
    }
    /// A request to the registry with an authorizer for the identity token.
    [[nodiscard]] Result<HttpResponse> ask(const QString &repository = u"a"_s)
    {
        return outcomeOf(
            m_client->send({.url = m_server->url(u"/v2/%1/tags/list"_s.arg(repository)),
                            .scopes = {u"repository:%1:pull"_s.arg(repository)}}));
    }
    void makeClient(bool isReadOnly = false);
    void signIn(const Credentials &credentials);
    /// Refuses the form with \a status, and takes a GET.
    void refuseForms(int status, const QByteArray &body = {});
    /// Every request that holds \a text in its body, or anywhere.
    [[nodiscard]] QStringList linesWith(const QByteArray &text) const;

    Network m_network;
    const Credentials m_token{{}, {}, Secret("CANARY+/=")};
    const QByteArray m_encoded = "CANARY%2B%2F%3D";
    std::unique_ptr<TokenRegistry> m_server;
    std::unique_ptr<HttpClient> m_client;
    std::unique_ptr<RegistryAuthorizer> m_authorizer;
};

void TestFetchTokenJobOAuth::init()
{
    m_authorizer.reset();
    m_client.reset();
    m_server = std::make_unique<TokenRegistry>();
    makeClient();
}

void TestFetchTokenJobOAuth::makeClient(bool isReadOnly)
{
    HttpSettings settings;
    settings.retry.firstDelay = 1ms;
    settings.isReadOnly = isReadOnly;
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_server->url()), settings);
}

void TestFetchTokenJobOAuth::signIn(const Credentials &credentials)
{
    m_authorizer = std::make_unique<RegistryAuthorizer>(*m_client);
    m_authorizer->setCredentials(credentials);
    m_client->setAuthorizer(m_authorizer.get());
}

void TestFetchTokenJobOAuth::refuseForms(int status, const QByteArray &body)
{
    m_server->setHandler([=](const TestRequest &request, const TestConnection &c) {
        c.answer(request.method == "POST" ? TestAnswer{status, body}
                                          : TestAnswer{200, R"({"token":"t"})"});
    });
}

QStringList TestFetchTokenJobOAuth::linesWith(const QByteArray &text) const
{
    QStringList lines;
    for (const TestRequest &request : m_server->requests()) {
        if (request.raw.contains(text))
            lines.append(QString::fromLatin1(request.method + ' ' + request.target));
    }
    return lines;
}

void TestFetchTokenJobOAuth::sendsAFormWithTheIdentityToken()
{
    const auto token = fetch(m_token, {u"repository:a/b:pull"_s, u"registry:catalog:*"_s});
    QVERIFY(token);
    QCOMPARE(token->value.reveal(), "t1");
    const TestRequest request = m_server->requests().first();
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.target, "/token");
    QCOMPARE(request.header("content-type"), "application/x-www-form-urlencoded");
    QCOMPARE(request.body, "grant_type=refresh_token&refresh_token=" + m_encoded
                               + "&client_id=longshore&service=reg.lab"
                                 "&scope=repository%3Aa%2Fb%3Apull%20registry%3Acatalog%3A%2A");
    QVERIFY(!request.headers.contains("authorization"));
    QCOMPARE(m_server->requests().size(), 1);
}

void TestFetchTokenJobOAuth::asksWithThePasswordWhereThereIsNoOAuth_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 401, 404, 405})
        QTest::addRow("%d", status) << status;
}

void TestFetchTokenJobOAuth::asksWithThePasswordWhereThereIsNoOAuth()
{
    QFETCH(int, status);
    refuseForms(status);
    const Credentials both{u"me"_s, Secret("password"), Secret("CANARY")};
    QVERIFY(fetch(both));
    QCOMPARE(m_server->requestLines(),
             (QStringList{u"POST /token"_s,
                          u"GET /token?service=reg.lab&scope=repository:a/b:pull&account=me"_s}));
    QCOMPARE(m_server->requests().last().header("authorization"), both.basicHeader().reveal());
    QCOMPARE(linesWith("CANARY"), QStringList{u"POST /token"_s});
}

void TestFetchTokenJobOAuth::saysThatTheServerTakesNoIdentityTokens_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("404") << 404;
    QTest::newRow("405") << 405;
}

void TestFetchTokenJobOAuth::saysThatTheServerTakesNoIdentityTokens()
{
    QFETCH(int, status);
    refuseForms(status);
    const auto token = fetch(m_token);
    QVERIFY(!token);
    QCOMPARE(token.error().kind, Kind::Unsupported);
    QVERIFY(token.error().message.contains(u"identity tokens"_s));
    QCOMPARE(m_server->requests().size(), 1);
}

void TestFetchTokenJobOAuth::saysThatTheIdentityTokenWasRejected_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("401") << 401 << QByteArray(R"({"details":"no"})");
    QTest::newRow("OAuth") << 400 << QByteArray(R"({"error":"invalid_grant"})");
}

void TestFetchTokenJobOAuth::saysThatTheIdentityTokenWasRejected()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    refuseForms(status, body);
    const auto token = fetch(m_token);
    QVERIFY(!token);
    QCOMPARE(token.error().kind, Kind::Unauthorized);
    QVERIFY2(token.error().message.contains(u"rejected the identity token"_s),
             qPrintable(token.error().message));
    QVERIFY(!QString(token.error().message + token.error().detail).contains(u"CANARY"_s));
}

void TestFetchTokenJobOAuth::asksForEverythingWhereThereIsNoRightToDelete()
{
    // Quay refuses the whole request over it.
    m_server->setHandler([](const TestRequest &request, const TestConnection &c) {
        c.answer(request.body.contains("delete") ? TestAnswer{400}
                                                 : TestAnswer{200, R"({"token":"t"})"});
    });
    const QStringList scopes{u"repository:a/b:pull,delete"_s, u"x:y:pull"_s};
    QVERIFY(fetch(m_token, scopes));
    QCOMPARE(m_server->requests().size(), 2);
    QVERIFY(m_server->requests().last().body.endsWith(
        "&scope=repository%3Aa%2Fb%3A%2A%20x%3Ay%3Apull"));
    // And neither a third time nor with a token that was refused for itself.
    for (const QByteArray &body : {QByteArray(), QByteArray(R"({"error":"invalid_grant"})")}) {
        m_server->forgetRequests();
        refuseForms(400, body);
        QVERIFY(!fetch(m_token, scopes));
        QCOMPARE(m_server->requests().size(), body.isEmpty() ? 2 : 1);
    }
}

void TestFetchTokenJobOAuth::followsNoRedirect()
{
    m_server->setHandler([](const TestRequest &, const TestConnection &c) {
        c.answer({307, {}, {{"Location", "/elsewhere"}}});
    });
    QVERIFY(!fetch(m_token));
    QCOMPARE(m_server->requestLines(), QStringList{u"POST /token"_s});
}

void TestFetchTokenJobOAuth::asksAlsoWhereNothingMayBeChanged()
{
    makeClient(true);
    QVERIFY(fetch(m_token));
}

void TestFetchTokenJobOAuth::sendsTheIdentityTokenToTheTokenServerOnly()
{
    signIn(m_token);
    QVERIFY(ask(u"a"_s));
    QVERIFY(ask(u"b"_s));
    QCOMPARE(linesWith("CANARY"), (QStringList{u"POST /token"_s, u"POST /token"_s}));
    QCOMPARE(m_server->count("GET", u"/token"_s), qsizetype(0));
}

void TestFetchTokenJobOAuth::goesOnWithTheIdentityTokenThatItWasGiven()
{
    m_server->validHeaders.insert("Bearer t");
    m_server->setHandler([this](const TestRequest &request, const TestConnection &c) {
        if (request.path() == u"/token"_s)
            c.answer({200, R"({"access_token":"t","refresh_token":"next"})"});
        else
            m_server->answerByRule(request, c);
    });
    signIn(m_token);
    QVERIFY(ask(u"a"_s));
    QVERIFY(ask(u"b"_s));
    QCOMPARE(linesWith("CANARY").size(), 1);
    QCOMPARE(linesWith("refresh_token=next&").size(), 1);
    m_authorizer->setCredentials(m_token); // A new sign-in begins with what it was given.
    QVERIFY(ask(u"a"_s));
    QCOMPARE(linesWith("CANARY").size(), 2);
}

void TestFetchTokenJobOAuth::sendsNoIdentityTokenByBasic()
{
    m_server->challenge = R"(Basic realm="x")";
    signIn(m_token);
    for (int i = 0; i < 2; ++i) {
        const auto response = ask();
        QVERIFY(!response);
        QCOMPARE(response.error().kind, Kind::Unauthorized);
        QVERIFY(response.error().message.contains(u"user name and a password"_s));
    }
    QCOMPARE(linesWith("Authorization:"), QStringList());
    QCOMPARE(linesWith("authorization:"), QStringList());
}

QTEST_GUILESS_MAIN(TestFetchTokenJobOAuth)
#include "tst_fetchtokenjob_oauth.moc"
