// SPDX-License-Identifier: Apache-2.0
#include "core/http/proxyrules.h"
#include "core/registry/openregistryjob.h"
#include "core/registry/registrysession.h"
#include "support/outcome.h"
#include "support/testhome.h"
#include "support/testserver.h"
#include "support/tlslistener.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Transport = RegistryAddress::Transport;

/// What a person is told about a connection that was opened. A proxy stands for the way to hosts
/// that are not on this machine.
class TestOpenRegistryJobNotices : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void warnsOfASignInThatOthersCanRead_data(); // CRED-11
    void warnsOfASignInThatOthersCanRead();
    void neverGoesUnencryptedByItself(); // CRED-11
    void saysWhatIsWrongWithTheFiles(); // TLS-13
    void saysWhatTheRegistryWarnsOf(); // SRV-41
    void saysThatNobodyIsVerified_data();
    void saysThatNobodyIsVerified();

private:
    [[nodiscard]] OpenRegistryJob::Options optionsFor(const QString &address) const
    {
        OpenRegistryJob::Options options{*RegistryAddress::parse(address)};
        options.credentials = {u"me"_s, Secret("CANARY")};
        options.certificateRoots = {m_home->filePath(u"certs.d"_s)};
        options.environment = m_home->environment();
        options.settings.proxies =
            std::make_shared<ProxyRules>(ProxyRules::through(u"http://"_s + m_way->host()));
        return options;
    }

    Network m_network;
    std::unique_ptr<TestHome> m_home;
    std::unique_ptr<TestServer> m_way;
};

void TestOpenRegistryJobNotices::init()
{
    m_home = std::make_unique<TestHome>();
    m_way = std::make_unique<TestServer>();
    m_way->setHandler([](const TestRequest &request, const TestConnection &c) {
        if (request.method == "CONNECT")
            return c.answer({502});
        c.answer({200, "{}"});
    });
}

void TestOpenRegistryJobNotices::warnsOfASignInThatOthersCanRead_data()
{
    QTest::addColumn<QString>("address"); // HERE is a server on this machine.
    QTest::addColumn<bool>("hasAccount");
    QTest::addColumn<int>("notices");
    QTest::newRow("elsewhere") << u"http://reg.example"_s << true << 1;
    QTest::newRow("without an account") << u"http://reg.example"_s << false << 0;
    QTest::newRow("on this machine") << u"http://HERE"_s << true << 0;
}

void TestOpenRegistryJobNotices::warnsOfASignInThatOthersCanRead()
{
    QFETCH(QString, address);
    QFETCH(bool, hasAccount);
    OpenRegistryJob::Options options = optionsFor(address.replace(u"HERE"_s, m_way->host()));
    if (!hasAccount)
        options.credentials = {};
    for (int round = 0; round < 2; ++round) { // Each time.
        const auto opened = outcomeOf(new OpenRegistryJob(m_network, options));
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
        QTEST(int(opened->notices.size()), "notices");
        for (const QString &notice : opened->notices)
            QVERIFY(notice.contains(u"unencrypted"_s) && !notice.contains(u"CANARY"_s));
    }
}

void TestOpenRegistryJobNotices::neverGoesUnencryptedByItself()
{
    const auto opened = outcomeOf(new OpenRegistryJob(m_network, optionsFor(u"reg.example"_s)));
    QVERIFY(!opened);
    QVERIFY(!m_way->requests().isEmpty());
    for (const TestRequest &request : m_way->requests()) {
        QCOMPARE(request.method, "CONNECT");
        QVERIFY(!request.raw.contains("CANARY"));
    }
}

void TestOpenRegistryJobNotices::saysWhatIsWrongWithTheFiles()
{
    const TestCertificate server({});
    const TestCertificate client({.usage = "clientAuth"});
    TlsListener registry(TlsListener::showing(server));
    registry.setHandler(
        [](QSslSocket &socket) { socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"); });
    const QString folder = u"certs.d/"_s + registry.url().authority() + u'/';
    m_home->write(folder + u"ca.crt"_s, server.pem());
    m_home->write(folder + u"me.cert"_s, client.pem());
    const QString key = m_home->write(folder + u"me.key"_s, client.keyPem());
    const OpenRegistryJob::Options options = optionsFor(registry.url().authority());
    const auto quiet = outcomeOf(new OpenRegistryJob(m_network, options));
    QVERIFY2(quiet, quiet ? "" : qPrintable(quiet.error().message));
    QCOMPARE(quiet->notices, QStringList());
    QVERIFY(QFile::setPermissions(key, QFile::Permissions(0x6644)));
    const auto warned = outcomeOf(new OpenRegistryJob(m_network, options));
    QVERIFY(warned);
    QCOMPARE(warned->notices.size(), 1);
    QVERIFY(warned->notices.first().contains(key));
    // And a key that nobody opened is no reason to go without.
    m_home->write(folder + u"me.key"_s, client.keyPem("CANARY"));
    const auto refused = outcomeOf(new OpenRegistryJob(m_network, options));
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"passphrase"_s));
}

void TestOpenRegistryJobNotices::saysWhatTheRegistryWarnsOf()
{
    m_way->setHandler([](const TestRequest &, const TestConnection &c) {
        c.answer({200, "{}", {{"Warning", R"(299 - "closed on Monday")"}}});
    });
    const auto opened =
        outcomeOf(new OpenRegistryJob(m_network, optionsFor(u"http://"_s + m_way->host())));
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QCOMPARE(opened->notices.size(), 1);
    QVERIFY2(opened->notices.first().contains(u"closed on Monday"_s),
             qPrintable(opened->notices.first()));
}

void TestOpenRegistryJobNotices::saysThatNobodyIsVerified_data()
{
    QTest::addColumn<bool>("isVerified");
    QTest::addColumn<bool>("isPinned");
    QTest::addColumn<bool>("showsVerification");
    QTest::addColumn<bool>("isTold");
    QTest::newRow("verified") << true << false << false << false;
    QTest::newRow("not verified") << false << false << false << true;
    QTest::newRow("pinned") << false << true << false << false;
    QTest::newRow("shown already") << false << false << true << false;
}

void TestOpenRegistryJobNotices::saysThatNobodyIsVerified()
{
    QFETCH(const bool, isVerified);
    QFETCH(const bool, isPinned);
    QFETCH(const bool, showsVerification);
    QFETCH(const bool, isTold);
    const TestCertificate server({});
    TlsListener registry(TlsListener::showing(server));
    registry.setHandler(
        [](QSslSocket &socket) { socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"); });
    OpenRegistryJob::Options options = optionsFor(registry.url().authority());
    const QSslCertificate certificate(server.pem());
    TlsSettings tls;
    tls.isVerified = isVerified;
    if (isVerified)
        tls.authorities = {certificate};
    if (isPinned)
        tls.pinnedSha256 = certificate.digest(QCryptographicHash::Sha256);
    options.settings.tls = std::make_shared<TlsSettings>(tls);
    options.showsVerification = showsVerification;
    const auto opened = outcomeOf(new OpenRegistryJob(m_network, options));
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QCOMPARE(opened->notices.size(), isTold ? 1 : 0);
    if (isTold)
        QVERIFY2(opened->notices.first().contains(options.address.host)
                     && opened->notices.first().contains(u"not verified"_s),
                 qPrintable(opened->notices.first()));
}

QTEST_GUILESS_MAIN(TestOpenRegistryJobNotices)
#include "tst_openregistryjob_notices.moc"
