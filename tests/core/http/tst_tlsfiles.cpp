// SPDX-License-Identifier: Apache-2.0
#include "core/http/tlsfiles.h"
#include "support/tlsserver.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Certificates in files, and the folders of Docker and Podman.
class TestTlsFiles : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsEveryCertificateOfAFile();
    void refusesWhatIsNoCertificate_data();
    void refusesWhatIsNoCertificate();
    void wantsTheKeyOfTheCertificate_data();
    void wantsTheKeyOfTheCertificate();
    void readsTheFolderOfOneRegistry();
    void takesTheFirstFolderAlone();
    void namesTheHalfThatIsMissing_data();
    void namesTheHalfThatIsMissing();
    void doesNotIgnoreADamagedFile();
    void knowsWhereOthersLook();

private:
    void put(const QString &name, const QByteArray &content) const;
    void copy(const QString &from, const QString &name) const { put(name, bytes(from)); }
    [[nodiscard]] static QByteArray bytes(const QString &name)
    {
        QFile file(tlsData(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QString root(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTlsFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestTlsFiles::put(const QString &name, const QByteArray &content) const
{
    QFile file(m_folder->filePath(name));
    QDir().mkpath(QFileInfo(file).path());
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write");
}

void TestTlsFiles::readsEveryCertificateOfAFile()
{
    put(u"two.pem"_s, bytes(u"ca.pem"_s) + bytes(u"server.pem"_s));
    const auto certificates = readCertificates(m_folder->filePath(u"two.pem"_s));
    QVERIFY(certificates);
    QCOMPARE(certificates->size(), qsizetype(2));
}

void TestTlsFiles::refusesWhatIsNoCertificate_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("a key") << bytes(u"server.key"_s);
    QTest::newRow("cut") << bytes(u"ca.pem"_s).first(200);
    QTest::newRow("one good, one damaged")
        << bytes(u"ca.pem"_s) + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    QTest::newRow("too large") << QByteArray(2 * 1024 * 1024, '\n');
}

void TestTlsFiles::refusesWhatIsNoCertificate()
{
    QFETCH(const QByteArray, content);
    put(u"file.pem"_s, content);
    const auto certificates = readCertificates(m_folder->filePath(u"file.pem"_s));
    QVERIFY(!certificates);
    QCOMPARE(certificates.error().kind, Error::Kind::LocalFile);
    QVERIFY(certificates.error().message.contains(u"file.pem"_s));
}

void TestTlsFiles::wantsTheKeyOfTheCertificate_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("isRight");
    QTest::newRow("right") << u"client.pem"_s << u"client.key"_s << true;
    QTest::newRow("no key") << u"client.pem"_s << u"client.pem"_s << false;
    QTest::newRow("no certificate") << u"client.key"_s << u"client.key"_s << false;
    QTest::newRow("missing") << u"client.pem"_s << u"nowhere"_s << false;
}

void TestTlsFiles::wantsTheKeyOfTheCertificate()
{
    QFETCH(const QString, certificate);
    QFETCH(const QString, key);
    TlsSettings settings;
    QTEST(bool(readClientCertificate({tlsData(certificate), tlsData(key)}, settings)), "isRight");
}

void TestTlsFiles::readsTheFolderOfOneRegistry()
{
    copy(u"ca.pem"_s, u"certs.d/reg.lab:5000/ca.crt"_s);
    copy(u"client.pem"_s, u"certs.d/reg.lab:5000/me.cert"_s);
    copy(u"client.key"_s, u"certs.d/reg.lab:5000/me.key"_s);
    put(u"certs.d/reg.lab:5000/README"_s, "Other names are ignored.");
    const auto settings = readCertificateFolder(u"reg.lab:5000"_s, {root(u"certs.d"_s)});
    QVERIFY(settings);
    QCOMPARE(settings->authorities.size(), qsizetype(1));
    QCOMPARE(settings->certificates.size(), qsizetype(1));
    QVERIFY(settings->isVerified);
    // The port is a part of the name, and nothing is trusted for a namesake.
    for (const QString &other : {u"reg.lab"_s, u"reg.lab:5001"_s, u"evil-reg.lab:5000"_s})
        QCOMPARE(*readCertificateFolder(other, {root(u"certs.d"_s)}), TlsSettings());
}

void TestTlsFiles::takesTheFirstFolderAlone()
{
    QVERIFY(QDir().mkpath(root(u"first/reg.lab"_s)));
    copy(u"ca.pem"_s, u"second/reg.lab/ca.crt"_s);
    const QStringList roots{root(u"none"_s), root(u"first"_s), root(u"second"_s)};
    QCOMPARE(*readCertificateFolder(u"reg.lab"_s, roots), TlsSettings());
    QCOMPARE(readCertificateFolder(u"reg.lab"_s, {roots.last()})->authorities.size(), 1);
}

void TestTlsFiles::namesTheHalfThatIsMissing_data()
{
    QTest::addColumn<QString>("there");
    QTest::addColumn<QString>("missing");
    QTest::newRow("key") << u"me.cert"_s << u"me.key"_s;
    QTest::newRow("certificate") << u"me.key"_s << u"me.cert"_s;
}

void TestTlsFiles::namesTheHalfThatIsMissing()
{
    QFETCH(const QString, there);
    QFETCH(const QString, missing);
    put(u"certs.d/reg.lab/"_s + there, bytes(u"client.pem"_s));
    const auto settings = readCertificateFolder(u"reg.lab"_s, {root(u"certs.d"_s)});
    QVERIFY(!settings);
    QVERIFY(settings.error().message.contains(missing));
}

void TestTlsFiles::doesNotIgnoreADamagedFile()
{
    copy(u"ca.pem"_s, u"certs.d/reg.lab/a.crt"_s);
    put(u"certs.d/reg.lab/b.crt"_s, "damaged");
    const auto settings = readCertificateFolder(u"reg.lab"_s, {root(u"certs.d"_s)});
    QVERIFY(!settings);
    QVERIFY(settings.error().message.contains(u"b.crt"_s));
}

void TestTlsFiles::knowsWhereOthersLook()
{
    QVERIFY(certificateRoots().contains(u"/etc/docker/certs.d"_s));
    QVERIFY(certificateRoots().indexOf(u"/etc/containers/certs.d"_s)
            < certificateRoots().indexOf(u"/etc/docker/certs.d"_s));
}

QTEST_GUILESS_MAIN(TestTlsFiles)
#include "tst_tlsfiles.moc"
