// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/fakeregistry.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using SignIn = FakeRegistry::SignIn;

class TestRegistryAuthorizer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void signsInWhenTheRegistryAsks_data();
    void signsInWhenTheRegistryAsks();
    void saysWhoseSignInWasRejected_data();
    void saysWhoseSignInWasRejected();
    void sendsARejectedPasswordOnlyOnce_data();
    void sendsARejectedPasswordOnlyOnce();
    void blamesNoPasswordForAMissingRight();
    void goesOnInTheMiddleOfAList(); // CRED-08

private:
    [[nodiscard]] Result<Done> signIn(const QByteArray &password)
    {
        m_session->setCredentials({u"user"_s, Secret(password)});
        return outcomeOf(m_session->checkSignIn());
    }
    static void addSchemes()
    {
        QTest::addColumn<SignIn>("scheme");
        QTest::newRow("basic") << SignIn::Basic;
        QTest::newRow("bearer, token server on the same host") << SignIn::Bearer;
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<RegistrySession> m_session;
};

void TestRegistryAuthorizer::init()
{
    m_session.reset();
    m_registry = std::make_unique<FakeRegistry>();
    m_session = std::make_unique<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
}

void TestRegistryAuthorizer::signsInWhenTheRegistryAsks_data()
{
    addSchemes();
}

void TestRegistryAuthorizer::signsInWhenTheRegistryAsks()
{
    QFETCH(const SignIn, scheme);
    m_registry->behaviour.signIn = scheme;
    QVERIFY(signIn("secret"));
    QVERIFY(!m_registry->requests().first().headers.contains("authorization"));
}

void TestRegistryAuthorizer::saysWhoseSignInWasRejected_data()
{
    addSchemes();
}

void TestRegistryAuthorizer::saysWhoseSignInWasRejected()
{
    QFETCH(const SignIn, scheme);
    m_registry->behaviour.signIn = scheme;
    const auto result = signIn("wrong");
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Unauthorized);
    QVERIFY2(result.error().message.contains(u"rejected the sign-in for user"_s),
             qPrintable(result.error().message));
    QVERIFY(!result.error().message.contains(u"wrong"_s));
}

void TestRegistryAuthorizer::sendsARejectedPasswordOnlyOnce_data()
{
    addSchemes();
}

// Servers lock accounts after a few failures.
void TestRegistryAuthorizer::sendsARejectedPasswordOnlyOnce()
{
    QFETCH(const SignIn, scheme);
    m_registry->behaviour.signIn = scheme;
    QVERIFY(!signIn("wrong"));
    const qsizetype requests = m_registry->requests().size();
    const auto again = outcomeOf(m_session->checkSignIn());
    QVERIFY(!again);
    QVERIFY(again.error().message.contains(u"rejected"_s));
    QCOMPARE(m_registry->requests().size(), requests);
    QVERIFY(signIn("secret")); // New credentials are a new chance.
}

void TestRegistryAuthorizer::blamesNoPasswordForAMissingRight()
{
    m_registry->behaviour.signIn = SignIn::Bearer;
    m_registry->failNext(
        "GET", u"/v2/"_s,
        {401,
         {},
         {{"WWW-Authenticate",
           QByteArray(R"(Bearer realm=")" + m_registry->url(u"/token"_s).toEncoded() + '"')}}},
        9);
    const auto result = signIn("secret");
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Unauthorized);
    QVERIFY(!result.error().message.contains(u"rejected"_s));
    QCOMPARE(m_registry->count("GET", u"/token"_s), 1);
}

void TestRegistryAuthorizer::goesOnInTheMiddleOfAList()
{
    for (const QString &tag : {u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s})
        m_registry->setTag(u"a"_s, tag, Digest::ofBytes("x"));
    m_registry->behaviour.signIn = SignIn::Bearer;
    m_registry->behaviour.pageSize = 2;
    m_session->setCredentials({u"user"_s, Secret("secret")});
    m_registry->intercept(
        [this, isFirst = true](const TestRequest &request, const TestConnection &c) mutable {
            if (request.query(u"last"_s) != u"2"_s || !std::exchange(isFirst, false))
                return false;
            const QByteArray realm = m_registry->url(u"/token"_s).toEncoded();
            c.answer(
                {401,
                 {},
                 {{"WWW-Authenticate", "Bearer realm=\"" + realm + "\",error=\"invalid_token\""}}});
            return true;
        });
    const auto list = outcomeOf(m_session->listTags(*RepositoryName::parse(u"a")));
    QVERIFY(list && !list->incomplete);
    QCOMPARE(list->count, 5);
    QCOMPARE(m_registry->count("GET", u"/token"_s), 2);
    // The first page with and without a token, the second twice, the third.
    QCOMPARE(m_registry->count("GET", u"/tags/list"_s), 2 + 2 + 1);
}

QTEST_GUILESS_MAIN(TestRegistryAuthorizer)
#include "tst_registryauthorizer.moc"
