// SPDX-License-Identifier: Apache-2.0
#include "core/auth/registryauthorizer.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"
#include "support/tokenregistry.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// RegistryAuthorizer where a registry forbids, and does not say whether it wants a sign-in.
class TestRegistryAuthorizerForbidden : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void signsInWhereItIsForbidden_data();
    void signsInWhereItIsForbidden();
    void losesNothingByAnOldPasswordThatNobodyAskedFor();

private:
    [[nodiscard]] Result<HttpResponse> ask(const QString &repository = u"a"_s)
    {
        return outcomeOf(
            m_client->send({.url = m_server->url(u"/v2/%1/tags/list"_s.arg(repository)),
                            .scopes = {u"repository:%1:pull"_s.arg(repository)}}));
    }

    Network m_network;
    std::unique_ptr<TokenRegistry> m_server;
    std::unique_ptr<HttpClient> m_client;
    std::unique_ptr<RegistryAuthorizer> m_authorizer;
};

void TestRegistryAuthorizerForbidden::init()
{
    m_authorizer.reset();
    m_client.reset();
    m_server = std::make_unique<TokenRegistry>();
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_server->url()));
    m_authorizer = std::make_unique<RegistryAuthorizer>(*m_client);
    m_client->setAuthorizer(m_authorizer.get());
}

void TestRegistryAuthorizerForbidden::signsInWhereItIsForbidden_data()
{
    QTest::addColumn<QByteArray>("challenge"); // That somebody else was asked.
    QTest::addColumn<bool>("hasAccount");
    QTest::addColumn<bool>("isLetIn");
    const QByteArray basic = R"(Basic realm="x")";
    QTest::newRow("the way is known") << basic << true << true;
    QTest::newRow("nobody to sign in") << basic << false << false;
    QTest::newRow("no way is known") << QByteArray() << true << false;
}

void TestRegistryAuthorizerForbidden::signsInWhereItIsForbidden()
{
    QFETCH(QByteArray, challenge);
    QFETCH(bool, hasAccount);
    QFETCH(bool, isLetIn);
    const Credentials me{u"me"_s, Secret("right")};
    m_server->setHandler([&](const TestRequest &request, const TestConnection &c) {
        c.answer({request.header("authorization") == me.basicHeader().reveal() ? 200 : 403});
    });
    m_authorizer->rememberChallenge(challenge);
    if (hasAccount)
        m_authorizer->setCredentials(me);
    const auto response = ask();
    QCOMPARE(bool(response), isLetIn);
    if (!response)
        QCOMPARE(response.error().kind, Kind::Forbidden);
}

void TestRegistryAuthorizerForbidden::losesNothingByAnOldPasswordThatNobodyAskedFor()
{
    m_server->setHandler([&](const TestRequest &request, const TestConnection &c) {
        const bool isForbidden = request.path().contains(u"/forbidden/"_s);
        c.answer({!request.header("authorization").isEmpty() ? 401 : isForbidden ? 403 : 200});
    });
    m_authorizer->rememberChallenge(R"(Basic realm="x")");
    m_authorizer->setCredentials({u"me"_s, Secret("old")});
    QVERIFY(ask(u"open"_s));
    for (int round = 0; round < 2; ++round) {
        const auto forbidden = ask(u"forbidden"_s);
        QVERIFY(!forbidden);
        QCOMPARE(forbidden.error().kind, Kind::Forbidden);
        QVERIFY(ask(u"open"_s));
    }
    const auto requests = m_server->requests();
    QCOMPARE(std::count_if(requests.begin(), requests.end(),
                           [](const TestRequest &request) {
                               return !request.header("authorization").isEmpty();
                           }),
             1); // An account is locked by more.
}

QTEST_GUILESS_MAIN(TestRegistryAuthorizerForbidden)
#include "tst_registryauthorizer_forbidden.moc"
