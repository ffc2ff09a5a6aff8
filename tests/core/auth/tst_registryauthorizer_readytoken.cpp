// SPDX-License-Identifier: Apache-2.0
#include "core/auth/registryauthorizer.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "support/outcome.h"
#include "support/tokenregistry.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// RegistryAuthorizer with a token that somebody else has fetched ("registrytoken").
class TestRegistryAuthorizerReadyToken : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void isSentWhenTheRegistryAsks_data();
    void isSentWhenTheRegistryAsks();
    void isSentOnceWhenItIsRejected();
    void goesNowhereElse();

private:
    [[nodiscard]] Result<HttpResponse> ask()
    {
        return outcomeOf(m_client->send(
            {.url = m_registry->url(u"/v2/a/tags/list"_s), .scopes = {u"repository:a:pull"_s}}));
    }

    Network m_network;
    std::unique_ptr<TokenRegistry> m_registry;
    std::unique_ptr<HttpClient> m_client;
    std::unique_ptr<RegistryAuthorizer> m_authorizer;
};

void TestRegistryAuthorizerReadyToken::init()
{
    m_authorizer.reset();
    m_client.reset();
    m_registry = std::make_unique<TokenRegistry>();
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_registry->url()));
    m_authorizer = std::make_unique<RegistryAuthorizer>(*m_client);
    m_client->setAuthorizer(m_authorizer.get());
    m_authorizer->setCredentials({u"me"_s, Secret("CANARY"), {}, Secret("ready")});
    m_registry->validHeaders.insert("Bearer ready");
}

void TestRegistryAuthorizerReadyToken::isSentWhenTheRegistryAsks_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::newRow("Bearer") << QByteArray("its own");
    QTest::newRow("Basic") << QByteArray(R"(Basic realm="x")");
    QTest::newRow("nothing") << QByteArray();
}

void TestRegistryAuthorizerReadyToken::isSentWhenTheRegistryAsks()
{
    QFETCH(QByteArray, challenge);
    if (challenge != "its own")
        m_registry->challenge = challenge;
    QVERIFY(ask());
    QVERIFY(!m_registry->requests().first().headers.contains("authorization"));
    QVERIFY(ask());
    QCOMPARE(m_registry->requests().size(), 3);
    QCOMPARE(m_registry->requests().last().header("authorization"), "Bearer ready");
    QCOMPARE(m_registry->tokenRequestCount(), 0);
}

void TestRegistryAuthorizerReadyToken::isSentOnceWhenItIsRejected()
{
    m_registry->validHeaders.clear();
    for (int round = 0; round < 2; ++round) {
        const auto response = ask();
        QVERIFY(!response);
        QCOMPARE(response.error().kind, Error::Kind::Unauthorized);
        QVERIFY2(response.error().message.contains(u"rejected the token"_s),
                 qPrintable(response.error().message));
    }
    const auto &requests = m_registry->requests();
    QCOMPARE(std::count_if(requests.begin(), requests.end(),
                           [](const auto &request) { return request.raw.contains("ready"); }),
             1);
}

void TestRegistryAuthorizerReadyToken::goesNowhereElse()
{
    TestServer store;
    store.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "blob"}); });
    m_registry->setHandler([&](const TestRequest &request, const TestConnection &c) {
        if (!request.headers.contains("authorization"))
            return m_registry->answerByRule(request, c);
        c.answer({307, {}, {{"Location", store.url().toEncoded()}}});
    });
    QVERIFY(ask());
    QCOMPARE(store.requests().size(), 1);
    QVERIFY(!store.requests().first().raw.contains("ready"));
}

QTEST_GUILESS_MAIN(TestRegistryAuthorizerReadyToken)
#include "tst_registryauthorizer_readytoken.moc"
