// SPDX-License-Identifier: Apache-2.0
#include "core/http/fingerprint.h"
#include "core/http/tlschoice.h"
#include "core/registry/openregistryjob.h"
#include "core/registry/registrysession.h"
#include "support/fakeregistry.h"
#include "support/outcome.h"
#include "support/testcertificates.h"
#include "support/testhome.h"
#include "support/tlsserver.h"

#include <QDir>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = Error::Kind;
using Transport = RegistryAddress::Transport;

class TestOpenRegistryJob : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_home = std::make_unique<TestHome>(); }
    void opensWhatWasAskedFor();
    void triesPlainHttpOnThisMachineOnly_data();
    void triesPlainHttpOnThisMachineOnly();
    void neverFallsBackBehindATimeout();
    void neverFallsBackBehindACertificate();
    void showsItsCertificateWhateverElseWasChosen_data();
    void showsItsCertificateWhateverElseWasChosen();
    void prefersTheCertificateThatWasChosen();
    void doesNotSendThePasswordBeforeItIsAskedFor();
    void leavesNothingBehindWhenCancelled();

private:
    [[nodiscard]] OpenRegistryJob *job(const QString &text, Transport transport) const
    {
        OpenRegistryJob::Options options{*RegistryAddress::parse(text)};
        options.address.transport = transport;
        options.credentials = {u"me"_s, Secret("CANARY")};
        options.settings.timeouts.connect = 200ms;
        options.settings.timeouts.firstByte = 200ms;
        return new OpenRegistryJob(m_network, options);
    }
    /// What certs.d has for \a server: its authority, or another, and our certificate.
    void writeFolder(const TlsServer &server, const QString &authority) const
    {
        const QString folder = m_home->filePath(u"certs.d/"_s + server.host());
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(QFile::copy(tlsData(authority), folder + u"/ca.crt"_s));
        QVERIFY(QFile::copy(tlsData(u"client.pem"_s), folder + u"/me.cert"_s));
        QVERIFY(QFile::copy(tlsData(u"client.key"_s), folder + u"/me.key"_s));
    }
    [[nodiscard]] Result<OpenedRegistry> open(const TlsServer &server,
                                              const TlsChoice &choice) const
    {
        OpenRegistryJob::Options options{*RegistryAddress::parse(server.host())};
        options.address.transport = Transport::Secure;
        options.certificateRoots = {m_home->filePath(u"certs.d"_s)};
        options.settings.tls = *readTlsChoice(choice);
        return outcomeOf(new OpenRegistryJob(m_network, options));
    }

    std::unique_ptr<TestHome> m_home;
    mutable Network m_network;
};

void TestOpenRegistryJob::opensWhatWasAskedFor()
{
    FakeRegistry registry;
    const auto opened = outcomeOf(job(registry.host(), Transport::Plain));
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QVERIFY(!opened->session->isEncrypted());
    QCOMPARE(opened->session->host(), registry.host());
    QCOMPARE(opened->session->credentials().user, u"me"_s);
    QCOMPARE(registry.requestLines(), QStringList{u"GET /v2/"_s});
}

void TestOpenRegistryJob::triesPlainHttpOnThisMachineOnly_data()
{
    // CVE-2014-5277: never fall back, but where the address allows it.
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<bool>("isOpened");
    QTest::newRow("allowed") << Transport::SecureOrPlain << true;
    QTest::newRow("not allowed") << Transport::Secure << false;
}

void TestOpenRegistryJob::triesPlainHttpOnThisMachineOnly()
{
    QFETCH(Transport, transport);
    QFETCH(bool, isOpened);
    FakeRegistry registry; // Speaks no TLS.
    const auto opened = outcomeOf(job(registry.host(), transport));
    QCOMPARE(bool(opened), isOpened);
    QCOMPARE(registry.requests().isEmpty(), !isOpened);
}

void TestOpenRegistryJob::neverFallsBackBehindATimeout()
{
    // Something listens and says nothing: that is no proof that it speaks no TLS.
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const auto opened =
        outcomeOf(job(u"127.0.0.1:%1"_s.arg(silent.serverPort()), Transport::SecureOrPlain));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Kind::Timeout);
}

void TestOpenRegistryJob::neverFallsBackBehindACertificate()
{
    // Who is refused speaks TLS; and asked without, it would only hide the reason.
    const TlsServer server(u"selfsigned.pem"_s);
    const auto opened = outcomeOf(job(server.url().authority(), Transport::SecureOrPlain));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Kind::Tls);
    QVERIFY(opened.error().certificate);
    QCOMPARE(server.received(), "");
}

void TestOpenRegistryJob::showsItsCertificateWhateverElseWasChosen_data()
{
    QTest::addColumn<TlsChoice>("choice");
    QTest::addColumn<QString>("known"); // The authority in the folder.
    const QString right = u"ca.pem"_s;
    const QString wrong = u"another-ca.pem"_s;
    QTest::newRow("nothing") << TlsChoice() << right;
    QTest::newRow("not to look") << TlsChoice{.isVerified = false} << wrong;
    QTest::newRow("an authority") << TlsChoice{.authorities = tlsData(right)} << wrong;
    const auto certificate = QSslCertificate::fromPath(tlsData(u"server.pem"_s)).first();
    QTest::newRow("the certificate of the server")
        << TlsChoice{.pin = fingerprintText(fingerprintOf(certificate))} << wrong;
}

void TestOpenRegistryJob::showsItsCertificateWhateverElseWasChosen()
{
    QFETCH(const TlsChoice, choice);
    QFETCH(const QString, known);
    const TlsServer server(u"server.pem"_s, TlsServer::Clients::WithCertificate);
    writeFolder(server, known);
    const auto opened = open(server, choice);
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
}

void TestOpenRegistryJob::prefersTheCertificateThatWasChosen()
{
    const TlsServer server(u"server.pem"_s, TlsServer::Clients::WithCertificate);
    writeFolder(server, u"ca.pem"_s);
    const TestCertificate other({.usage = "clientAuth"}); // Whom the server does not let in.
    const auto opened = open(server, {.certificate = m_home->write(u"other.pem"_s, other.pem()),
                                      .key = m_home->write(u"other.key"_s, other.keyPem())});
    QVERIFY(!opened);
    // And an authority that was chosen stands for those in the folder.
    QVERIFY(!open(server, {.authorities = tlsData(u"another-ca.pem"_s)}));
}

void TestOpenRegistryJob::doesNotSendThePasswordBeforeItIsAskedFor()
{
    FakeRegistry registry;
    registry.behaviour.signIn = FakeRegistry::SignIn::Basic;
    const auto opened = outcomeOf(job(registry.host(), Transport::SecureOrPlain));
    QVERIFY(opened);
    QCOMPARE(opened->answer.signIn, PingAnswer::SignIn::Basic);
    for (const TestRequest &request : registry.requests())
        QVERIFY(!request.headers.contains("authorization"));
}

void TestOpenRegistryJob::leavesNothingBehindWhenCancelled()
{
    TestServer server; // Never answers.
    OpenRegistryJob *opening = job(server.host(), Transport::Plain);
    std::optional<Result<OpenedRegistry>> outcome;
    opening->then(this, [&](const auto &result) { outcome = result; });
    opening->start();
    QTRY_COMPARE(server.requests().size(), qsizetype(1));
    opening->cancel();
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->error().isCancelled());
}

QTEST_GUILESS_MAIN(TestOpenRegistryJob)
#include "tst_openregistryjob.moc"
