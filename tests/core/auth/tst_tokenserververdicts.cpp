// SPDX-License-Identifier: Apache-2.0
#include "core/auth/partsauthorizer.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/fakeconsent.h"
#include "support/outcome.h"
#include "support/tokenregistry.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// CRED-02, for a registry with a sign-in for each of its parts: its token server on another site
/// is one question. As in TestRegistryAuthorizerConsent, "localhost" is another one.
class TestTokenServerVerdicts : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void asksOnceForAllParts_data();
    void asksOnceForAllParts();
    void theOthersWaitForTheAnswer_data();
    void theOthersWaitForTheAnswer();
    void asksAgainOnceSomebodySignsInAnew();
    void asksAgainInAnotherSession();
    void asksAboutAnotherTokenServer();

private:
    static void addAnswers()
    {
        QTest::addColumn<bool>("agrees");
        QTest::newRow("yes") << true;
        QTest::newRow("no") << false;
    }
    [[nodiscard]] static FoundCredentials account()
    {
        const Credentials me{u"me"_s, Secret("right")};
        return {me, {}, {}, {{u"team"_s, me}, {u"other"_s, me}}};
    }
    void connectAnew()
    {
        m_authorizer.reset();
        m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_registry->url()));
        m_authorizer = std::make_unique<PartsAuthorizer>(*m_client);
        m_client->setAuthorizer(m_authorizer.get());
        m_authorizer->setTokenServerConsent(m_consent);
        m_authorizer->setAccount(account());
    }
    [[nodiscard]] HttpJob *job(const QString &repository)
    {
        return m_client->send({.url = m_registry->url(u"/v2/%1/tags/list"_s.arg(repository)),
                               .scopes = {u"repository:%1:pull"_s.arg(repository)}});
    }
    [[nodiscard]] Result<HttpResponse> ask(const QString &repository)
    {
        return outcomeOf(job(repository));
    }
    void nameTokenServer(quint16 port)
    {
        m_registry->challenge = "Bearer realm=\"http://localhost:" + QByteArray::number(port)
                                + "/token\",service=\"s\"";
    }

    const QStringList m_repositories{u"team/a"_s, u"other/a"_s, u"a"_s}; ///< One of each part.
    Network m_network;
    std::unique_ptr<TokenRegistry> m_registry;
    std::unique_ptr<HttpClient> m_client;
    std::unique_ptr<PartsAuthorizer> m_authorizer;
    std::shared_ptr<FakeConsent> m_consent;
};

void TestTokenServerVerdicts::init()
{
    m_authorizer.reset();
    m_client.reset();
    m_registry = std::make_unique<TokenRegistry>();
    m_consent = std::make_shared<FakeConsent>();
    nameTokenServer(m_registry->port());
    connectAnew();
}

void TestTokenServerVerdicts::asksOnceForAllParts_data()
{
    addAnswers();
}

void TestTokenServerVerdicts::asksOnceForAllParts()
{
    QFETCH(const bool, agrees);
    m_consent->agrees = agrees;
    for (const QString &repository : m_repositories) {
        const auto response = ask(repository);
        QCOMPARE(bool(response), agrees);
        QVERIFY(response || response.error().kind == Kind::Policy);
    }
    QCOMPARE(m_consent->questions.size(), 1);
    QCOMPARE(m_registry->tokenRequestCount(), agrees ? 3 : 0);
}

void TestTokenServerVerdicts::theOthersWaitForTheAnswer_data()
{
    addAnswers();
}

void TestTokenServerVerdicts::theOthersWaitForTheAnswer()
{
    QFETCH(const bool, agrees);
    m_consent->agrees = agrees;
    m_consent->isHeld = true;
    QList<bool> passed;
    for (const QString &repository : m_repositories) {
        HttpJob *one = job(repository);
        one->then(this, [&](const Result<HttpResponse> &response) {
            passed.append(response.has_value());
        });
        one->start();
    }
    QTRY_COMPARE(m_registry->requests().size(), m_repositories.size()); // Refused, all of them.
    QTRY_VERIFY(m_consent->open);
    QTRY_COMPARE(m_client->queue().runningCount(m_registry->host()), 0);
    QCOMPARE(passed, QList<bool>());
    m_consent->answer();
    QTRY_COMPARE(passed, QList<bool>(3, agrees));
    QCOMPARE(m_consent->questions.size(), 1);
}

void TestTokenServerVerdicts::asksAgainOnceSomebodySignsInAnew()
{
    m_consent->agrees = false;
    QVERIFY(!ask(u"team/a"_s));
    m_consent->agrees = true;
    QVERIFY(!ask(u"team/a"_s));
    m_authorizer->setAccount(account());
    for (const QString &repository : m_repositories)
        QVERIFY(ask(repository));
    QCOMPARE(m_consent->questions.size(), 2);
}

void TestTokenServerVerdicts::asksAgainInAnotherSession()
{
    m_consent->agrees = false;
    QVERIFY(!ask(u"team/a"_s));
    connectAnew();
    QVERIFY(!ask(u"other/a"_s));
    QCOMPARE(m_consent->questions.size(), 2);
}

void TestTokenServerVerdicts::asksAboutAnotherTokenServer()
{
    m_consent->agrees = false;
    QVERIFY(!ask(u"team/a"_s));
    const TokenRegistry other;
    nameTokenServer(other.port());
    QVERIFY(!ask(u"other/a"_s));
    QVERIFY(!ask(u"a"_s));
    QCOMPARE(m_consent->questions.size(), 2);
    QVERIFY(other.requests().isEmpty());
}

QTEST_GUILESS_MAIN(TestTokenServerVerdicts)
#include "tst_tokenserververdicts.moc"
