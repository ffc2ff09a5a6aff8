// SPDX-License-Identifier: Apache-2.0
#include "core/oci/base64url.h"
#include "core/oci/publickey.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// On signatures that another program made, of three kinds of keys.
class TestPublicKey : public QObject
{
    Q_OBJECT

private slots:
    void verifiesSignaturesOfOthers_data();
    void verifiesSignaturesOfOthers();
    void readsACertificate();
    void isNoneThatIsNotSound_data();
    void isNoneThatIsNotSound();
    void isNoCertificateThatIsNone_data();
    void isNoCertificateThatIsNone();

private:
    [[nodiscard]] static QByteArray vector(const QString &name)
    {
        QFile file(QStringLiteral(TEST_DATA "/libtrust/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] static QJsonObject signature(const QString &file, int which)
    {
        const QJsonObject document = QJsonDocument::fromJson(vector(file)).object();
        return document.value("signatures"_L1).toArray().at(which).toObject();
    }
    /// What was signed: the protected part and the document without its signatures.
    [[nodiscard]] static QByteArray signingInput(const QString &file, const QJsonObject &signature)
    {
        const QString text = signature.value("protected"_L1).toString();
        const QJsonObject format = QJsonDocument::fromJson(*fromBase64Url(text)).object();
        const QByteArray payload = vector(file).first(format.value("formatLength"_L1).toInt())
                                   + *fromBase64Url(format.value("formatTail"_L1).toString());
        return text.toLatin1() + '.' + toBase64Url(payload);
    }
};

void TestPublicKey::verifiesSignaturesOfOthers_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("algorithm");
    QTest::newRow("P-256") << 0 << u"ES256"_s;
    QTest::newRow("P-384") << 1 << u"ES384"_s;
    QTest::newRow("RSA") << 2 << u"RS256"_s;
}

void TestPublicKey::verifiesSignaturesOfOthers()
{
    QFETCH(int, which);
    QFETCH(QString, algorithm);
    const QString file = u"manifest-three-signatures.json"_s;
    const QJsonObject entry = signature(file, which);
    const QJsonObject jwk = entry.value("header"_L1)["jwk"_L1].toObject();
    const auto key = PublicKey::fromJwk(jwk);
    QVERIFY(key);
    QCOMPARE(key->keyId(), jwk.value("kid"_L1).toString());
    const QByteArray bytes = *fromBase64Url(entry.value("signature"_L1).toString());
    const QByteArray input = signingInput(file, entry);
    QVERIFY(key->verifies(bytes, algorithm, input));
    QVERIFY(!key->verifies(bytes, algorithm, input + ' '));
    QVERIFY(!key->verifies(bytes + 'x', algorithm, input));
    QVERIFY(!key->verifies({}, algorithm, input));
    for (const QString &other : {u"ES256"_s, u"ES384"_s, u"ES512"_s, u"RS256"_s, u"RS384"_s,
                                 u"RS1"_s, u"HS256"_s, u"none"_s, QString()})
        QCOMPARE(key->verifies(bytes, other, input), other == algorithm);
}

void TestPublicKey::readsACertificate()
{
    const QString file = u"manifest-x5c.json"_s;
    const QJsonObject entry = signature(file, 0);
    const QString first = entry.value("header"_L1)["x5c"_L1].toArray().first().toString();
    const auto key = PublicKey::fromCertificate(QByteArray::fromBase64(first.toLatin1()));
    QVERIFY(key);
    QVERIFY(key->verifies(*fromBase64Url(entry.value("signature"_L1).toString()), u"ES256"_s,
                          signingInput(file, entry)));
}

void TestPublicKey::isNoneThatIsNotSound_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("value");
    QTest::newRow("another family") << u"kty"_s << u"oct"_s;
    QTest::newRow("the wrong family") << u"kty"_s << u"RSA"_s;
    QTest::newRow("another curve") << u"crv"_s << u"P-384"_s;
    QTest::newRow("no curve") << u"crv"_s << u"secp256k1"_s;
    QTest::newRow("beside the curve") << u"x"_s << QString(43, u'A');
    QTest::newRow("too short") << u"x"_s << QString(20, u'A');
    QTest::newRow("too long") << u"y"_s << QString(100'000, u'A');
    QTest::newRow("not base64") << u"y"_s << u"<b>"_s;
    QTest::newRow("missing") << u"y"_s << QString();
}

void TestPublicKey::isNoneThatIsNotSound()
{
    QFETCH(QString, member);
    QFETCH(QString, value);
    QJsonObject jwk = QJsonDocument::fromJson(vector(u"key.jwk.json"_s)).object();
    QVERIFY(PublicKey::fromJwk(jwk));
    jwk.insert(member, value);
    const auto key = PublicKey::fromJwk(jwk);
    QVERIFY(!key);
    QCOMPARE(key.error().kind, Error::Kind::Protocol);
}

void TestPublicKey::isNoCertificateThatIsNone_data()
{
    QTest::addColumn<QByteArray>("der");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("-----BEGIN CERTIFICATE-----");
    QTest::newRow("noise") << QByteArray(1000, '\x30');
}

void TestPublicKey::isNoCertificateThatIsNone()
{
    QFETCH(QByteArray, der);
    const auto key = PublicKey::fromCertificate(der);
    QVERIFY(!key);
    QCOMPARE(key.error().kind, Error::Kind::Protocol);
}

QTEST_GUILESS_MAIN(TestPublicKey)
#include "tst_publickey.moc"
