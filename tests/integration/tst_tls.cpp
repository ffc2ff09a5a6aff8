// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"
#include "support/testcertificates.h"
#include "support/tlsserver.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

/// A real registry behind a private authority, with and without certificates of its clients.
class TestTls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void trustsNobodyByItself();
    void trustsTheAuthorityItIsGiven();
    void trustsWhatDockerAndPodmanTrust();
    void canBeToldNotToLook();
    void showsItsCertificate();
    void opensItsKeyWithAPassphrase(); // TLS-13
    void refusesHalfOfTheOptions_data();
    void refusesHalfOfTheOptions();

private:
    /// Starts the registry anew; it takes nobody without a certificate that \a authority signed.
    void wantCertificatesOf(const QString &authority);
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_program->filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return file.fileName();
    }
    [[nodiscard]] ProcessResult ping(const QStringList &options) const
    {
        return m_program->run(QStringList{u"ping"_s, m_registry->host()} + options);
    }

    std::unique_ptr<ProgramRunner> m_program;
    std::unique_ptr<RealRegistry> m_registry;
};

void TestTls::initTestCase()
{
    if (!RealRegistry::isInstalled())
        QSKIP("docker-registry is not here; tests/run.sh fetches it");
    qputenv("REGISTRY_HTTP_TLS_CERTIFICATE", tlsData(u"server.pem"_s).toUtf8());
    qputenv("REGISTRY_HTTP_TLS_KEY", tlsData(u"server.key"_s).toUtf8());
}

void TestTls::init()
{
    qunsetenv("REGISTRY_HTTP_TLS_CLIENTCAS");
    m_program = std::make_unique<ProgramRunner>(QStringLiteral(LONGSHORECTL));
    m_registry = std::make_unique<RealRegistry>();
    QVERIFY2(m_registry->failure().isEmpty(), qPrintable(m_registry->failure()));
}

void TestTls::trustsNobodyByItself()
{
    const auto result = ping({u"--json"_s});
    QCOMPARE(result.exitStatus, 1);
    QVERIFY(isOneCleanLine(result.errors));
}

void TestTls::trustsTheAuthorityItIsGiven()
{
    const auto result = ping({u"--ca"_s, tlsData(u"ca.pem"_s)});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
    QCOMPARE(ping({u"--ca"_s, tlsData(u"client.pem"_s)}).exitStatus, 1);
}

void TestTls::trustsWhatDockerAndPodmanTrust()
{
    const QString folder =
        m_program->filePath(u"config/containers/certs.d/"_s + m_registry->host());
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(QFile::copy(tlsData(u"ca.pem"_s), folder + u"/ca.crt"_s));
    const auto result = ping({});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
}

void TestTls::canBeToldNotToLook()
{
    const auto result = ping({u"--insecure"_s});
    QCOMPARE(result.exitStatus, 0);
    QVERIFY(isOneCleanLine(result.errors));
    const QByteArray notice = m_registry->host().toUtf8() + " is not verified";
    QVERIFY2(result.errors.contains(notice), result.errors.constData());
    // Two sessions with one registry are no reason to say it twice.
    const QString image = m_registry->host() + u"/a:1"_s;
    const auto copy = m_program->run({u"copy"_s, image, image, u"--insecure"_s});
    QCOMPARE(copy.errors.count("not verified"), 1);
}

void TestTls::wantCertificatesOf(const QString &authority)
{
    m_registry.reset();
    qputenv("REGISTRY_HTTP_TLS_CLIENTCAS", "[" + authority.toUtf8() + "]");
    m_registry = std::make_unique<RealRegistry>();
    QVERIFY2(m_registry->failure().isEmpty(), qPrintable(m_registry->failure()));
}

void TestTls::showsItsCertificate()
{
    wantCertificatesOf(tlsData(u"client.pem"_s));
    const QStringList authority{u"--ca"_s, tlsData(u"ca.pem"_s)};
    QCOMPARE(ping(authority).exitStatus, 1);
    const auto result = ping(authority
                             + QStringList{u"--client-cert"_s, tlsData(u"client.pem"_s),
                                           u"--client-key"_s, tlsData(u"client.key"_s)});
    QVERIFY2(result.exitStatus == 0, result.errors.constData());
}

void TestTls::opensItsKeyWithAPassphrase()
{
    const TestCertificate client({.names = {}, .isAuthority = true});
    const QString certificate = write(u"me.cert"_s, client.pem());
    wantCertificatesOf(certificate);
    const QStringList options{u"--ca"_s,          tlsData(u"ca.pem"_s),
                              u"--client-cert"_s, certificate,
                              u"--client-key"_s,  write(u"me.key"_s, client.keyPem("CANARY"))};
    const auto without = ping(options);
    QCOMPARE(without.exitStatus, 1);
    QVERIFY2(without.errors.contains("passphrase is needed"), without.errors.constData());
    const auto with = [&](const QByteArray &passphrase) {
        return ping(options
                    + QStringList{u"--client-key-passphrase"_s, write(u"secret"_s, passphrase)});
    };
    const auto wrong = with("CANARY?\n");
    QCOMPARE(wrong.exitStatus, 1);
    QVERIFY(isOneCleanLine(wrong.errors) && !wrong.errors.contains("CANARY"));
    const auto right = with("CANARY\nand more\n");
    QVERIFY2(right.exitStatus == 0, right.errors.constData());
}

void TestTls::refusesHalfOfTheOptions_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("exitStatus");
    QTest::newRow("no key") << QStringList{u"--client-cert"_s, tlsData(u"client.pem"_s)} << 2;
    QTest::newRow("no certificate")
        << QStringList{u"--client-key"_s, tlsData(u"client.key"_s)} << 2;
    QTest::newRow("a passphrase without a key")
        << QStringList{u"--client-key-passphrase"_s, tlsData(u"ca.pem"_s)} << 2;
    QTest::newRow("no such file") << QStringList{u"--ca"_s, u"nowhere.pem"_s} << 1;
    QTest::newRow("a key is no authority") << QStringList{u"--ca"_s, tlsData(u"client.key"_s)} << 1;
}

void TestTls::refusesHalfOfTheOptions()
{
    QFETCH(const QStringList, options);
    const auto result = ping(options);
    QTEST(result.exitStatus, "exitStatus");
    QVERIFY(isOneCleanLine(result.errors));
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
