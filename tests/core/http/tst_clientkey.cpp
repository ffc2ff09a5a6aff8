// SPDX-License-Identifier: Apache-2.0
#include "core/http/clientkey.h"
#include "core/http/tlsfiles.h"
#include "support/testcertificates.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using KeyKind = TestCertificate::KeyKind;

/// TLS-13 as far as it can be told before anybody is asked: keys of client certificates in files.
class TestClientKey : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryKindOfKey_data();
    void readsEveryKindOfKey();
    void opensAnEncryptedKey_data();
    void opensAnEncryptedKey();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void knowsThatAKeyIsEncrypted();
    void tellsWhenOthersCanReadTheKey();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return file.fileName();
    }

    QTemporaryDir m_folder;
    const TestCertificate m_client{{.usage = "clientAuth"}};
};

void TestClientKey::readsEveryKindOfKey_data()
{
    QTest::addColumn<KeyKind>("kind");
    QTest::newRow("EC") << KeyKind::Ec;
    QTest::newRow("RSA") << KeyKind::Rsa;
    QTest::newRow("Ed25519") << KeyKind::Ed25519;
}

void TestClientKey::readsEveryKindOfKey()
{
    QFETCH(KeyKind, kind);
    const TestCertificate client({.usage = "clientAuth"}, nullptr, kind);
    const auto key = readClientKey({u"me.key"_s, client.keyPem()}, client.certificate());
    QVERIFY2(key, key ? "" : qPrintable(key.error().message));
    QVERIFY(!key->isNull());
}

void TestClientKey::opensAnEncryptedKey_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::newRow("PKCS #8") << m_client.keyPem("open sesame");
    QTest::newRow("as it was once written") << m_client.oldKeyPem("open sesame");
}

void TestClientKey::opensAnEncryptedKey()
{
    QFETCH(QByteArray, pem);
    const auto key =
        readClientKey({u"me.key"_s, pem, Secret("open sesame")}, m_client.certificate());
    QVERIFY2(key, key ? "" : qPrintable(key.error().message));
    QCOMPARE(*key, m_client.key());
}

void TestClientKey::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<QString>("words");
    const QByteArray encrypted = m_client.keyPem("CANARY");
    const TestCertificate other({});
    QTest::newRow("encrypted") << encrypted << QByteArray() << u"passphrase is needed"_s;
    QTest::newRow("encrypted as it once was")
        << m_client.oldKeyPem("CANARY") << QByteArray() << u"passphrase is needed"_s;
    QTest::newRow("the wrong passphrase")
        << encrypted << QByteArray("CANARY?") << u"passphrase is not"_s;
    QTest::newRow("a passphrase without end")
        << encrypted << QByteArray(100'000, 'x') << u"passphrase is not"_s;
    QTest::newRow("of another certificate")
        << other.keyPem() << QByteArray() << u"does not belong"_s;
    QTest::newRow("a certificate") << m_client.pem() << QByteArray() << u"no private key"_s;
    QTest::newRow("damaged") << m_client.keyPem().first(120) << QByteArray() << u"no private key"_s;
    QTest::newRow("empty") << QByteArray() << QByteArray() << u"no private key"_s;
}

void TestClientKey::saysWhatIsWrong()
{
    QFETCH(QByteArray, pem);
    QFETCH(QByteArray, passphrase);
    QFETCH(QString, words);
    const auto key = readClientKey({u"me.key"_s, pem, Secret(passphrase)}, m_client.certificate());
    QVERIFY(!key);
    QCOMPARE(key.error().kind, Error::Kind::LocalFile);
    QVERIFY2(key.error().message.contains(words), qPrintable(key.error().message));
    QVERIFY(key.error().message.contains(u"me.key"_s));
    QVERIFY(!QString(key.error().message + key.error().detail).contains(u"CANARY"_s));
}

void TestClientKey::knowsThatAKeyIsEncrypted()
{
    QVERIFY(*needsPassphrase(write(u"encrypted"_s, m_client.keyPem("x"))));
    QVERIFY(*needsPassphrase(write(u"old"_s, m_client.oldKeyPem("x"))));
    QVERIFY(!*needsPassphrase(write(u"plain"_s, m_client.keyPem())));
    QVERIFY(!needsPassphrase(m_folder.filePath(u"nowhere"_s)));
}

void TestClientKey::tellsWhenOthersCanReadTheKey()
{
    const QString certificate = write(u"me.cert"_s, m_client.pem());
    const QString key = write(u"me.key"_s, m_client.keyPem());
    TlsSettings settings;
    QVERIFY(readClientCertificate({certificate, key}, settings));
    QCOMPARE(settings.notices, QStringList());
    QVERIFY(QFile::setPermissions(key, QFile::Permissions(0x6644)));
    QVERIFY(readClientCertificate({certificate, key}, settings));
    QCOMPARE(settings.notices.size(), 1);
    QVERIFY(settings.notices.first().contains(key));
}

QTEST_GUILESS_MAIN(TestClientKey)
#include "tst_clientkey.moc"
