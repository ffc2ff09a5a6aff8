// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/proxyrules.h"
#include "core/http/tlssettings.h"
#include "support/outcome.h"
#include "support/testproxy.h"
#include "support/testserver.h"
#include "support/tlslistener.h"

#include <QTimer>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// Requests through proxies, CRED-29 among them.
class TestHttpJobProxy : public QObject
{
    Q_OBJECT

private slots:
    void goesThroughATunnel();
    void tellsThePasswordOfTheProxyToTheProxyAlone();
    void tellsARefusalOfTheProxyFromOneOfTheRegistry_data();
    void tellsARefusalOfTheProxyFromOneOfTheRegistry();
    void endsWithAProxyThatMakesNoTunnel_data(); // NET-25
    void endsWithAProxyThatMakesNoTunnel();
    void sendsNoSecretThroughAnOpenProxy();
    void neverAsksAProxyForThisMachine();
    void refusesAProxyThatItCannotUse();
    void readsTheEnvironment();

private:
    [[nodiscard]] HttpSettings through(const QString &proxy, const QString &exceptions = {}) const
    {
        HttpSettings settings;
        settings.retry.attempts = 1;
        settings.proxies = std::make_shared<ProxyRules>(ProxyRules::through(proxy, exceptions));
        settings.tls = std::make_shared<TlsSettings>(
            TlsSettings{.authorities = {m_certificate.certificate()}});
        return settings;
    }
    /// A request to the registry, which only the proxy can reach.
    [[nodiscard]] Result<HttpResponse> ask(const HttpSettings &settings)
    {
        const QUrl url(u"https://reg.example/v2/"_s);
        HttpClient client(m_network, Origin::of(url), settings);
        HttpRequest request{.url = url};
        request.addHeader("Authorization", "Bearer CANARY");
        return outcomeOf(client.send(request));
    }

    Network m_network;
    const TestCertificate m_certificate{{.names = {u"DNS:reg.example"_s}}};
};

void TestHttpJobProxy::goesThroughATunnel()
{
    TlsListener registry(TlsListener::showing(m_certificate));
    TestProxy proxy(TestProxy::Form::Connect, registry.port());
    const auto answer = ask(through(proxy.url()));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message + answer.error().detail));
    QCOMPARE(answer->body, "ok");
    QCOMPARE(proxy.asked().first(), u"reg.example:443"_s);
    QVERIFY(!proxy.received().contains("CANARY"));
    QVERIFY(registry.received().contains("CANARY"));
}

void TestHttpJobProxy::tellsThePasswordOfTheProxyToTheProxyAlone()
{
    TlsListener registry(TlsListener::showing(m_certificate));
    TestProxy proxy(TestProxy::Form::Connect, registry.port());
    proxy.setPassword("Basic " + QByteArray("me:p@ss").toBase64());
    QString url = proxy.url();
    const auto answer = ask(through(url.insert(7, u"me:p%40ss@"_s)));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message + answer.error().detail));
    QVERIFY(!registry.received().toLower().contains("proxy-authorization"));
    QVERIFY(!registry.received().contains(QByteArray("me:p@ss").toBase64()));
}

void TestHttpJobProxy::tellsARefusalOfTheProxyFromOneOfTheRegistry_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("a password is wanted")
        << QByteArray("407 No\r\nProxy-Authenticate: Basic realm=\"x\"") << Kind::Forbidden;
    QTest::newRow("refused") << QByteArray("403 No") << Kind::Network;
    QTest::newRow("not found") << QByteArray("404 No") << Kind::Network;
    QTest::newRow("as if it were the registry")
        << QByteArray("401 No\r\nWWW-Authenticate: Basic realm=\"x\"") << Kind::Network;
    QTest::newRow("out of order") << QByteArray("502 No") << Kind::Network;
}

void TestHttpJobProxy::tellsARefusalOfTheProxyFromOneOfTheRegistry()
{
    QFETCH(QByteArray, answer);
    TestProxy proxy(TestProxy::Form::Connect, 1);
    proxy.setAnswer(answer);
    HttpSettings settings = through(proxy.url());
    for (const bool isVerified : {true, false}) {
        settings.tls = std::make_shared<TlsSettings>(TlsSettings{.isVerified = isVerified});
        const auto response = ask(settings);
        QVERIFY(!response);
        QTEST(response.error().kind, "kind");
        QVERIFY2(response.error().message.contains(u"proxy"_s),
                 qPrintable(response.error().message));
        QCOMPARE(response.error().httpStatus, 0);
    }
    QVERIFY(!proxy.received().contains("CANARY"));
}

void TestHttpJobProxy::endsWithAProxyThatMakesNoTunnel_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("more"); // Again and again; when there is none, it hangs up.
    QTest::newRow("closed") << QByteArray() << QByteArray();
    QTest::newRow("closed behind its yes")
        << QByteArray("HTTP/1.1 200 Through\r\n\r\n") << QByteArray();
    QTest::newRow("no HTTP") << QByteArray("220 mail.example\r\n") << QByteArray();
    QTest::newRow("a head without end")
        << QByteArray("HTTP/1.1 200 Through\r\n") << QByteArray("X-A: b\r\n").repeated(1000);
    QTest::newRow("a line without end")
        << QByteArray("HTTP/1.1 200 Through\r\nX: ") << QByteArray(8192, 'x');
}

void TestHttpJobProxy::endsWithAProxyThatMakesNoTunnel()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const QByteArray, more);
    TestServer proxy;
    QTimer flood;
    proxy.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.sendRaw(answer);
        if (more.isEmpty())
            return connection.close();
        connect(&flood, &QTimer::timeout, this, [=] { connection.sendRaw(more); });
        flood.start(1);
    });
    HttpSettings settings = through(u"http://"_s + proxy.host());
    settings.timeouts.connect = std::chrono::milliseconds(500);
    const auto response = ask(settings);
    flood.stop();
    QVERIFY(!response);
    const Kind kind = response.error().kind;
    QVERIFY2(kind == Kind::Network || kind == Kind::Timeout, qPrintable(Error::kindName(kind)));
    for (const TestRequest &request : proxy.requests())
        QVERIFY(!request.raw.contains("CANARY"));
}

void TestHttpJobProxy::sendsNoSecretThroughAnOpenProxy()
{
    TestServer proxy;
    proxy.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "ok"}); });
    const QUrl url(u"http://reg.example/v2/"_s);
    HttpClient client(m_network, Origin::of(url), through(u"http://"_s + proxy.host()));
    const auto open = outcomeOf(client.send({.url = url}));
    QVERIFY2(open, open ? "" : qPrintable(open.error().message));
    QCOMPARE(proxy.requests().first().target, "http://reg.example/v2/");
    HttpRequest secret{.url = url};
    secret.addHeader("Authorization", "Bearer CANARY");
    const auto refused = outcomeOf(client.send(secret));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Kind::Policy);
    QCOMPARE(proxy.requests().size(), 1);
}

void TestHttpJobProxy::neverAsksAProxyForThisMachine()
{
    TestServer registry;
    registry.setHandler([](const TestRequest &, const TestConnection &c) {
        c.answer({200, "ok"});
    });
    TestServer proxy;
    for (const QString &host : {u"127.0.0.1"_s, u"localhost"_s}) {
        const QUrl url(u"http://%1:%2/"_s.arg(host).arg(registry.port()));
        HttpClient client(m_network, Origin::of(url), through(u"http://"_s + proxy.host()));
        QVERIFY(outcomeOf(client.send({.url = url})));
    }
    QVERIFY(proxy.requests().isEmpty());
}

void TestHttpJobProxy::refusesAProxyThatItCannotUse()
{
    TestServer proxy;
    const auto response = ask(through(u"https://"_s + proxy.host()));
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Kind::Policy);
    QVERIFY(response.error().message.contains(u"proxy"_s));
}

void TestHttpJobProxy::readsTheEnvironment()
{
    TestServer proxy;
    proxy.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "ok"}); });
    qputenv("http_proxy", "http://" + proxy.host().toLatin1());
    qputenv("no_proxy", "direct.example");
    const auto asked = [&](const QString &host, const HttpSettings &settings) {
        proxy.forgetRequests();
        const QUrl url(u"http://"_s + host + u"/"_s);
        HttpClient client(m_network, Origin::of(url), settings);
        (void)outcomeOf(client.send({.url = url}));
        return proxy.requests().size();
    };
    HttpSettings settings;
    settings.retry.attempts = 1;
    const auto cleanUp = qScopeGuard([] {
        qunsetenv("http_proxy");
        qunsetenv("no_proxy");
    });
    QCOMPARE(asked(u"reg.invalid"_s, settings), 1);
    QCOMPARE(asked(u"127.0.0.1:1"_s, settings), 0);
    // What was chosen for the connection counts more.
    settings.proxies = std::make_shared<ProxyRules>();
    QCOMPARE(asked(u"reg.invalid"_s, settings), 0);
}

QTEST_GUILESS_MAIN(TestHttpJobProxy)
#include "tst_httpjob_proxy.moc"
