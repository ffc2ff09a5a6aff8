// SPDX-License-Identifier: Apache-2.0
#include "core/auth/clientheaders.h"
#include "core/registry/openregistryjob.h"
#include "core/registry/registrysession.h"
#include "support/fakeregistry.h"
#include "support/outcome.h"
#include "support/testhome.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// "HttpHeaders" of Docker's configuration, CRED-31.
class TestClientHeaders : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_home = std::make_unique<TestHome>(); }
    void readsWhatDockerSends();
    void leavesOutWhatMustNotBeSent_data();
    void leavesOutWhatMustNotBeSent();
    void doesWithoutAFile_data();
    void doesWithoutAFile();
    void goToTheRegistryAndNobodyElse();

private:
    std::unique_ptr<TestHome> m_home;
};

void TestClientHeaders::readsWhatDockerSends()
{
    const QByteArray file = R"({"HttpHeaders":{"X-Meta-Env":"prod","X-Key":"a b"}})";
    m_home->write(u"config/containers/auth.json"_s, file); // Docker alone reads them.
    QVERIFY(clientHeaders(m_home->environment()).headers.isEmpty());
    m_home->write(u".docker/config.json"_s, file);
    const auto found = clientHeaders(m_home->environment());
    const QList<std::pair<QByteArray, QByteArray>> expected{{"X-Key", "a b"},
                                                            {"X-Meta-Env", "prod"}};
    QCOMPARE(found.headers, expected);
    QCOMPARE(found.notices, QStringList());
}

void TestClientHeaders::leavesOutWhatMustNotBeSent_data()
{
    QTest::addColumn<QByteArray>("header");
    for (const char *ours : {"Authorization", "HOST", "Cookie", "Content-Length", "Range",
                             "Proxy-Authorization", "Transfer-Encoding", "If-Match"})
        QTest::newRow(ours) << QByteArray('"' + QByteArray(ours) + "\":\"CANARY\"");
    QTest::newRow("two lines") << QByteArray(R"("X-A":"CANARY\r\nX-B: b")");
    QTest::newRow("two lines in the name") << QByteArray(R"("X-A: a\nX-B":"CANARY")");
    QTest::newRow("no name") << QByteArray(R"("":"CANARY")");
    QTest::newRow("a space in the name") << QByteArray(R"("X A":"CANARY")");
}

void TestClientHeaders::leavesOutWhatMustNotBeSent()
{
    QFETCH(QByteArray, header);
    m_home->write(u".docker/config.json"_s, R"({"HttpHeaders":{"X-Good":"1",)" + header + "}}");
    const auto found = clientHeaders(m_home->environment());
    QCOMPARE(found.headers.size(), 1);
    QCOMPARE(found.headers.first().first, "X-Good");
    QCOMPARE(found.notices.size(), 1);
    QVERIFY(!found.notices.first().contains(u"CANARY"_s));
}

void TestClientHeaders::doesWithoutAFile_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("broken") << QByteArray("{");
    QTest::newRow("no headers") << QByteArray(R"({"auths":{}})");
    QTest::newRow("headers of another kind") << QByteArray(R"({"HttpHeaders":["X-A"]})");
}

void TestClientHeaders::doesWithoutAFile()
{
    QFETCH(QByteArray, content);
    if (!content.isEmpty())
        m_home->write(u".docker/config.json"_s, content);
    QVERIFY(clientHeaders(m_home->environment()).headers.isEmpty());
}

void TestClientHeaders::goToTheRegistryAndNobodyElse()
{
    m_home->write(u".docker/config.json"_s,
                  R"({"HttpHeaders":{"X-Meta":"CANARY","User-Agent":"docker","Host":"evil"}})");
    TestServer store;
    store.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "blob"}); });
    TestServer tokens;
    tokens.setHandler([](const TestRequest &, const TestConnection &c) {
        c.answer({200, R"({"token":"t"})"});
    });
    FakeRegistry registry;
    registry.behaviour.signIn = FakeRegistry::SignIn::Bearer;
    registry.behaviour.realm = tokens.url(u"/token"_s);
    registry.behaviour.blobRedirect = store.url(u"/blobs"_s);
    const Descriptor blob = registry.addBlob(u"a"_s, "blob");
    Network network;
    OpenRegistryJob::Options options{*RegistryAddress::parse(registry.host())};
    options.environment = m_home->environment();
    const auto opened = outcomeOf(new OpenRegistryJob(network, options));
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QCOMPARE(opened->notices.size(), 1); // About "Host".
    (void)outcomeOf(opened->session->fetchBlob(*RepositoryName::parse(u"a"), blob,
                                               Session::Priority::Interactive));
    QVERIFY(!registry.requests().isEmpty() && !tokens.requests().isEmpty());
    for (const TestRequest &request : registry.requests()) {
        QCOMPARE(request.header("x-meta"), "CANARY");
        QCOMPARE(request.header("user-agent"), "docker");
        QCOMPARE(QString::fromLatin1(request.header("host")), registry.host());
    }
    for (const TestServer *other : {&store, &tokens}) {
        for (const TestRequest &request : other->requests())
            QVERIFY(!request.raw.contains("CANARY"));
    }
}

QTEST_GUILESS_MAIN(TestClientHeaders)
#include "tst_clientheaders.moc"
