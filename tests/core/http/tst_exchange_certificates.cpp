// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"
#include "core/http/proxyrules.h"
#include "core/http/tlssettings.h"
#include "support/outcome.h"
#include "support/testproxy.h"
#include "support/tlslistener.h"

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;

/// Exchange and certificates of every kind, made while the test runs.
class TestExchangeCertificates : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void takesAGoodCertificate(); // TLS-01
    void refusesABadCertificate_data(); // TLS-02, TLS-03
    void refusesABadCertificate();
    void readsWildcardsAsOneLabel_data(); // TLS-04
    void readsWildcardsAsOneLabel();
    void survivesStrangeCertificates_data(); // TLS-17
    void survivesStrangeCertificates();
    void looksAgainWhenTheCertificateChanges(); // TLS-18

private:
    [[nodiscard]] HttpSettings trusting() const
    {
        HttpSettings settings;
        settings.retry.firstDelay = 1ms;
        settings.tls =
            std::make_shared<TlsSettings>(TlsSettings{.authorities = {m_root.certificate()}});
        return settings;
    }
    [[nodiscard]] Result<HttpResponse> ask(const QUrl &url, const HttpSettings &settings)
    {
        HttpClient client(*m_network, Origin::of(url), settings);
        HttpRequest request{.url = url};
        request.addHeader("Authorization", "Bearer CANARY");
        return outcomeOf(client.send(request));
    }

    const TestCertificate m_root = TestCertificate::authority();
    std::unique_ptr<Network> m_network;
};

void TestExchangeCertificates::initTestCase()
{
    QSslConfiguration strict = QSslConfiguration::defaultConfiguration();
    strict.setCaCertificates({});
    QSslConfiguration::setDefaultConfiguration(strict);
    m_network = std::make_unique<Network>();
}

void TestExchangeCertificates::takesAGoodCertificate()
{
    const TestCertificate intermediate = TestCertificate::authority(&m_root);
    const TestCertificate leaf({}, &intermediate);
    TlsListener server(
        TlsListener::showing({leaf.certificate(), intermediate.certificate()}, leaf.key()));
    const auto answer = ask(server.url(), trusting());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message + answer.error().detail));
    QCOMPARE(answer->body, "ok");
}

void TestExchangeCertificates::refusesABadCertificate_data()
{
    QTest::addColumn<CertificateRequest>("request");
    QTest::addColumn<QString>("issuer"); // The root, nobody, a stranger, or a server like itself.
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString root = u"root"_s;
    QTest::newRow("expired") << CertificateRequest{.from = now.addDays(-9),
                                                   .until = now.addDays(-1)}
                             << root;
    QTest::newRow("not yet valid")
        << CertificateRequest{.from = now.addDays(1), .until = now.addDays(9)} << root;
    QTest::newRow("wrong host") << CertificateRequest{.names = {u"DNS:reg.example"_s}} << root;
    QTest::newRow("wrong address") << CertificateRequest{.names = {u"IP:127.0.0.2"_s}} << root;
    QTest::newRow("self-signed") << CertificateRequest{} << QString();
    QTest::newRow("unknown authority") << CertificateRequest{} << u"stranger"_s;
    QTest::newRow("signed by a server") << CertificateRequest{} << u"server"_s;
    QTest::newRow("for clients only") << CertificateRequest{.usage = "clientAuth"} << root;
    QTest::newRow("a name for everybody") << CertificateRequest{.names = {u"DNS:*"_s}} << root;
    QTest::newRow("no name") << CertificateRequest{.names = {}} << root; // TLS-03
}

void TestExchangeCertificates::refusesABadCertificate()
{
    QFETCH(CertificateRequest, request);
    QFETCH(QString, issuer);
    const TestCertificate stranger = TestCertificate::authority();
    const TestCertificate server({}, &m_root); // May sign nothing.
    const TestCertificate *signer = issuer == "root"_L1       ? &m_root
                                    : issuer == "stranger"_L1 ? &stranger
                                    : issuer == "server"_L1   ? &server
                                                              : nullptr;
    const TestCertificate leaf(request, signer);
    TlsListener listener(
        TlsListener::showing({leaf.certificate(), server.certificate()}, leaf.key()));
    TestProxy wire(TestProxy::Form::Wire, listener.port()); // Counts what came to nothing too.
    const auto answer = ask(QUrl(u"https://127.0.0.1:%1/"_s.arg(wire.port())), trusting());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Kind::Tls);
    QVERIFY(!answer.error().message.isEmpty());
    QCOMPARE(listener.received(), "");
    QCOMPARE(wire.connectionCount(), 1); // Nobody tries again what will not get better.
}

void TestExchangeCertificates::readsWildcardsAsOneLabel_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isMeant");
    QTest::newRow("one label") << u"a.reg.example"_s << true;
    QTest::newRow("capitals") << u"A.Reg.Example"_s << true;
    QTest::newRow("two labels") << u"a.b.reg.example"_s << false;
    QTest::newRow("no label") << u"reg.example"_s << false;
    QTest::newRow("a longer name") << u"evilreg.example"_s << false;
}

void TestExchangeCertificates::readsWildcardsAsOneLabel()
{
    QFETCH(QString, host);
    const TestCertificate leaf({.names = {u"DNS:*.reg.example"_s}}, &m_root);
    TlsListener server(TlsListener::showing(leaf));
    TestProxy proxy(TestProxy::Form::Connect, server.port());
    HttpSettings settings = trusting();
    settings.proxies = std::make_shared<ProxyRules>(ProxyRules::through(proxy.url()));
    const auto answer = ask(QUrl(QString(u"https://"_s + host + u"/"_s)), settings);
    QTEST(bool(answer), "isMeant");
    if (!answer) {
        QCOMPARE(answer.error().kind, Kind::Tls);
        QCOMPARE(server.received(), "");
    }
}

void TestExchangeCertificates::survivesStrangeCertificates_data()
{
    QTest::addColumn<CertificateRequest>("request");
    QTest::addColumn<int>("authorities"); // Between the root and the server.
    QTest::addColumn<bool>("isAccepted");
    QStringList names{u"IP:127.0.0.1"_s};
    for (int i = 0; i < 10'000; ++i)
        names.append(u"DNS:host-%1.reg.example"_s.arg(i));
    const QByteArray cut("127.0.0.1\0.evil.example", 23);
    QTest::newRow("20 authorities") << CertificateRequest{} << 20 << true;
    QTest::newRow("a megabyte") << CertificateRequest{.padding = 1024 * 1024} << 0 << false;
    QTest::newRow("10,000 names") << CertificateRequest{.names = names} << 0 << false;
    QTest::newRow("NUL in its name, and a good one")
        << CertificateRequest{.commonName = cut} << 0 << true;
    QTest::newRow("NUL in its only name")
        << CertificateRequest{.commonName = cut, .names = {}} << 0 << false;
}

void TestExchangeCertificates::survivesStrangeCertificates()
{
    QFETCH(CertificateRequest, request);
    QFETCH(int, authorities);
    QList<TestCertificate> issuers{m_root};
    for (int i = 0; i < authorities; ++i)
        issuers.append(TestCertificate::authority(&issuers.last()));
    const TestCertificate leaf(request, &issuers.last());
    QList<QSslCertificate> chain{leaf.certificate()};
    for (int i = authorities; i > 0; --i)
        chain.append(issuers.at(i).certificate());
    TlsListener server(TlsListener::showing(chain, leaf.key()));
    const auto answer = ask(server.url(), trusting());
    QTEST(bool(answer), "isAccepted");
    if (!answer)
        QCOMPARE(server.received(), "");
}

void TestExchangeCertificates::looksAgainWhenTheCertificateChanges()
{
    const TestCertificate good({}, &m_root);
    const TestCertificate bad({.names = {u"DNS:reg.example"_s}}, &m_root);
    TlsListener server(TlsListener::showing(good));
    server.setHandler([](QSslSocket &socket) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        socket.disconnectFromHost();
    });
    HttpClient client(*m_network, Origin::of(server.url()), trusting());
    for (int round = 0; round < 2; ++round) // The second could go on with the session of the first.
        QVERIFY(outcomeOf(client.send({.url = server.url()})));
    QCOMPARE(server.connectionCount(), 2);
    const qsizetype received = server.received().size();
    server.setConfiguration(TlsListener::showing(bad));
    const auto answer = outcomeOf(client.send({.url = server.url()}));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, Kind::Tls);
    QCOMPARE(server.received().size(), received);
    server.setConfiguration(TlsListener::showing(good));
    QVERIFY(outcomeOf(client.send({.url = server.url()})));
}

QTEST_GUILESS_MAIN(TestExchangeCertificates)
#include "tst_exchange_certificates.moc"
