// SPDX-License-Identifier: Apache-2.0
#include "core/auth/registryauthorizer.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/fakeconsent.h"
#include "support/outcome.h"
#include "support/tokenregistry.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// CRED-02, CRED-03, CRED-04: where a registry may send its clients for a token. The registry is
/// at 127.0.0.1, its token server at localhost, which is another host as far as names tell.
class TestRegistryAuthorizerConsent : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void asksOnceNamingBoth();
    void sendsNothingWhenRefused();
    void refusesWithoutAnybodyToAsk();
    void asksNobodyAboutStrangers();
    void asksOnceForManyRequests();
    void asksForEachPairAlone();
    void asksAgainForAnotherAccount();
    void judgesWhatAPublicRegistryNames_data();
    void judgesWhatAPublicRegistryNames();

private:
    [[nodiscard]] HttpJob *job(const QString &repository = u"a"_s)
    {
        return m_client->send({.url = m_registry->url(u"/v2/%1/tags/list"_s.arg(repository)),
                               .scopes = {u"repository:%1:pull"_s.arg(repository)}});
    }
    [[nodiscard]] Result<HttpResponse> ask(const QString &repository = u"a"_s)
    {
        return outcomeOf(job(repository));
    }
    void nameTokenServer(const QByteArray &hostAndPort)
    {
        m_registry->challenge = "Bearer realm=\"http://" + hostAndPort + "/token\",service=\"s\"";
    }
    [[nodiscard]] QByteArray elsewhere() const
    {
        return "localhost:" + QByteArray::number(m_registry->port());
    }
    [[nodiscard]] qsizetype passwordsSent() const
    {
        const auto &requests = m_registry->requests();
        return std::count_if(requests.begin(), requests.end(), [](const TestRequest &request) {
            return request.raw.contains("Basic ");
        });
    }

    Network m_network;
    std::unique_ptr<TokenRegistry> m_registry;
    std::unique_ptr<HttpClient> m_client;
    std::unique_ptr<RegistryAuthorizer> m_authorizer;
    std::shared_ptr<FakeConsent> m_consent;
};

void TestRegistryAuthorizerConsent::init()
{
    m_authorizer.reset();
    m_client.reset();
    m_registry = std::make_unique<TokenRegistry>();
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_registry->url()));
    m_authorizer = std::make_unique<RegistryAuthorizer>(*m_client);
    m_client->setAuthorizer(m_authorizer.get());
    m_consent = std::make_shared<FakeConsent>();
    m_authorizer->setTokenServerConsent(m_consent);
    m_authorizer->setCredentials({u"me"_s, Secret("right")});
    nameTokenServer(elsewhere());
}

void TestRegistryAuthorizerConsent::asksOnceNamingBoth()
{
    QVERIFY(ask(u"a"_s));
    QVERIFY(ask(u"b"_s));
    // That the password would go there in the open is a part of the question.
    const TokenServerQuestion expected{m_registry->host(),
                                       u"http://"_s + QString::fromLatin1(elsewhere())};
    QVERIFY(m_consent->questions == QList{expected});
    QCOMPARE(passwordsSent(), 2); // For a token each.
}

void TestRegistryAuthorizerConsent::sendsNothingWhenRefused()
{
    m_consent->agrees = false;
    for (int round = 0; round < 2; ++round) {
        const auto response = ask();
        QVERIFY(!response);
        QCOMPARE(response.error().kind, Kind::Policy);
        QVERIFY(response.error().message.contains(m_registry->host()));
        QVERIFY(response.error().message.contains(QString::fromLatin1(elsewhere())));
    }
    QCOMPARE(m_consent->questions.size(), 1);
    QCOMPARE(m_registry->tokenRequestCount(), 0);
    QCOMPARE(passwordsSent(), 0);
}

void TestRegistryAuthorizerConsent::refusesWithoutAnybodyToAsk()
{
    m_authorizer->setTokenServerConsent({});
    const auto response = ask();
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Policy);
    QCOMPARE(m_registry->tokenRequestCount(), 0);
}

void TestRegistryAuthorizerConsent::asksNobodyAboutStrangers()
{
    m_consent->agrees = false;
    m_authorizer->setCredentials({}); // There is nothing to give away.
    QVERIFY(ask());
    QVERIFY(m_consent->questions.isEmpty());
    // What is known of the token server by now is no leave to tell it the password.
    m_authorizer->setCredentials({u"me"_s, Secret("right")});
    QVERIFY(!ask());
    QCOMPARE(passwordsSent(), 0);
}

void TestRegistryAuthorizerConsent::asksOnceForManyRequests()
{
    int passed = 0;
    for (int i = 0; i < 10; ++i) {
        HttpJob *one = job();
        one->then(this, [&](const Result<HttpResponse> &response) { passed += response ? 1 : 0; });
        one->start();
    }
    QTRY_COMPARE(passed, 10);
    QCOMPARE(m_consent->questions.size(), 1);
    QCOMPARE(m_registry->tokenRequestCount(), 1);
}

void TestRegistryAuthorizerConsent::asksForEachPairAlone()
{
    QVERIFY(ask(u"a"_s));
    TokenRegistry other;
    m_consent->agrees = false;
    nameTokenServer("localhost:" + QByteArray::number(other.port()));
    m_registry->validHeaders.clear();
    QVERIFY(!ask(u"a"_s));
    QCOMPARE(m_consent->questions.size(), 2);
    QVERIFY(other.requests().isEmpty());
    // And none for the registry's own host, whatever the port.
    m_authorizer->setCredentials({u"me"_s, Secret("right")});
    nameTokenServer("127.0.0.1:" + QByteArray::number(m_registry->port()));
    QVERIFY(ask(u"a"_s));
    QCOMPARE(m_consent->questions.size(), 2);
}

void TestRegistryAuthorizerConsent::asksAgainForAnotherAccount()
{
    m_consent->agrees = false;
    QVERIFY(!ask());
    m_consent->agrees = true;
    m_authorizer->setCredentials({u"you"_s, Secret("right")});
    QVERIFY(ask());
    QCOMPARE(m_consent->questions.size(), 2);
}

void TestRegistryAuthorizerConsent::judgesWhatAPublicRegistryNames_data()
{
    QTest::addColumn<QByteArray>("realm");
    QTest::addColumn<QString>("asked"); // Nobody when empty: it must not be asked at all.
    const auto row = [](const char *realm, const QString &asked = {}) {
        QTest::newRow(realm) << QByteArray(realm) << asked;
    };
    row("https://tokens.example.net/t", u"tokens.example.net"_s);
    row("https://tokens.example.net:8443/t", u"tokens.example.net:8443"_s);
    row("https://example.org.evil.net/t", u"example.org.evil.net"_s);
    row("https://10.0.0.1/token", u"10.0.0.1"_s); // And looked at once more when it is agreed to.
    // CRED-03
    row("http://reg.example.org/token");
    row("http://tokens.example.net/token");
    // CRED-04
    row("");
    row("/token");
    row("file:///etc/passwd");
    row("data:,x");
    row("https://169.254.169.254/token");
    row("https://127.0.0.1/token");
    row("https://localhost/token");
    row("https://reg.example.org@evil.net/token");
    row("https://me:CANARY@reg.example.org/token");
}

void TestRegistryAuthorizerConsent::judgesWhatAPublicRegistryNames()
{
    QFETCH(QByteArray, realm);
    QFETCH(QString, asked);
    m_consent->agrees = false;
    HttpClient client(m_network, Origin::of(QUrl(u"https://reg.example.org/"_s)));
    RegistryAuthorizer authorizer(client);
    authorizer.setTokenServerConsent(m_consent);
    authorizer.setCredentials({u"me"_s, Secret("CANARY")});
    HttpResponse refusal{401, {}, {}, QUrl(u"https://reg.example.org/v2/"_s)};
    refusal.headers.insert("WWW-Authenticate", "Bearer realm=\"" + realm + '"');
    const auto answer =
        outcomeOf(authorizer.answerChallenge({.url = refusal.url}, refusal, Secret()));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Kind::Policy);
    QVERIFY(!QString(answer.error().message + answer.error().detail).contains(u"CANARY"_s));
    QCOMPARE(m_consent->questions.size(), asked.isEmpty() ? 0 : 1);
    if (!asked.isEmpty())
        QCOMPARE(m_consent->questions.first().tokenServer, asked);
}

QTEST_GUILESS_MAIN(TestRegistryAuthorizerConsent)
#include "tst_registryauthorizer_consent.moc"
