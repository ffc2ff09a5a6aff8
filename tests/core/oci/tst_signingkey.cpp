// SPDX-License-Identifier: Apache-2.0
#include "core/oci/signingkey.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestSigningKey : public QObject
{
    Q_OBJECT

private slots:
    void namesAKeyAsLibtrustDoes_data();
    void namesAKeyAsLibtrustDoes();
    void verifiesWhatItSigned_data();
    void verifiesWhatItSigned();
    void verifiesASignatureOfAnotherProgram();
    void readsWhatItWrites();
    void readsTheJsonWebKeyThatItWrites();
    void readsAJsonWebKey();
    void refusesWhatCannotSign_data();
    void refusesWhatCannotSign();
    void makesANewKeyEachTime();

private:
    [[nodiscard]] static QByteArray vector(const QString &name)
    {
        QFile file(QStringLiteral(TEST_DATA "/libtrust/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] static QJsonObject json(const QString &name)
    {
        return QJsonDocument::fromJson(vector(name)).object();
    }
    [[nodiscard]] static SigningKey key(const QString &name)
    {
        return *SigningKey::parse(Secret(vector(name)));
    }
};

void TestSigningKey::namesAKeyAsLibtrustDoes_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("keyId");
    const QJsonObject expected = json(u"expected.json"_s);
    QTest::newRow("P-256") << u"key.pem"_s << expected.value("kid"_L1).toString();
    QTest::newRow("P-384") << u"key3-p384.pem"_s << expected.value("kid_p384"_L1).toString();
}

void TestSigningKey::namesAKeyAsLibtrustDoes()
{
    QFETCH(const QString, file);
    QTEST(key(file).keyId(), "keyId");
}

void TestSigningKey::verifiesWhatItSigned_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("algorithm");
    QTest::newRow("P-256") << u"key.pem"_s << u"ES256"_s;
    QTest::newRow("P-384") << u"key3-p384.pem"_s << u"ES384"_s;
}

void TestSigningKey::verifiesWhatItSigned()
{
    QFETCH(const QString, file);
    QFETCH(const QString, algorithm);
    const SigningKey signing = key(file);
    const PublicKey publicKey = signing.publicKey();
    QCOMPARE(QString::fromLatin1(signing.algorithm()), algorithm);
    for (int i = 0; i < 50; ++i) { // Numbers with leading zeros are padded.
        const QByteArray signature = signing.sign("bytes");
        QVERIFY(publicKey.verifies(signature, algorithm, "bytes"));
        QVERIFY(!publicKey.verifies(signature, algorithm, "other bytes"));
    }
    const QByteArray signature = signing.sign("bytes");
    QVERIFY(!publicKey.verifies(signature, u"ES512"_s, "bytes"));
    QVERIFY(!publicKey.verifies(signature, u"RS256"_s, "bytes"));
    QVERIFY(!publicKey.verifies(signature, u"none"_s, "bytes"));
    QVERIFY(!publicKey.verifies(signature.chopped(1), algorithm, "bytes"));
    QVERIFY(!publicKey.verifies(QByteArray(signature.size(), '\0'), algorithm, "bytes"));
    QVERIFY(!publicKey.verifies({}, algorithm, "bytes"));
}

void TestSigningKey::verifiesASignatureOfAnotherProgram()
{
    const auto publicKey = PublicKey::fromJwk(json(u"key.jwk.json"_s));
    QVERIFY(publicKey);
    QVERIFY(publicKey->verifies(vector(u"signature.raw"_s), u"ES256"_s,
                                vector(u"signing-input.txt"_s)));
}

void TestSigningKey::readsWhatItWrites()
{
    const SigningKey signing = key(u"key.pem"_s);
    QVERIFY(signing.toPem().reveal().startsWith("-----BEGIN EC PRIVATE KEY-----"));
    QCOMPARE(SigningKey::parse(signing.toPem())->keyId(), signing.keyId());
    QJsonObject jwk;
    for (const auto &[name, value] : signing.publicJwk())
        jwk.insert(QString::fromLatin1(name), QString::fromLatin1(value));
    QCOMPARE(jwk, json(u"key.jwk.json"_s));
}

void TestSigningKey::readsTheJsonWebKeyThatItWrites()
{
    for (const QString &file : {u"key.pem"_s, u"key3-p384.pem"_s}) {
        const SigningKey signing = key(file);
        const Secret jwk = signing.toJwk();
        const auto read = SigningKey::parse(jwk);
        QVERIFY(read);
        QCOMPARE(read->toPem().reveal(), signing.toPem().reveal());
        QJsonObject members = QJsonDocument::fromJson(jwk.reveal()).object();
        QVERIFY(!members.take("d"_L1).toString().isEmpty());
        for (const auto &[name, value] : signing.publicJwk())
            QCOMPARE(members.take(QString::fromLatin1(name)).toString().toLatin1(), value);
        QVERIFY(members.isEmpty());
    }
}

void TestSigningKey::readsAJsonWebKey()
{
    // RFC 7515, A.3.1.
    const QByteArray jwk = R"({"kty":"EC","crv":"P-256",
        "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        "d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"})";
    const auto signing = SigningKey::parse(Secret(jwk));
    QVERIFY(signing);
    QVERIFY(signing->publicKey().verifies(signing->sign("x"), u"ES256"_s, "x"));
    // A secret number that is not that of the point.
    QVERIFY(!SigningKey::parse(Secret(QByteArray(jwk).replace("jpsQ", "kpsQ"))));
}

void TestSigningKey::refusesWhatCannotSign_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("RSA") << vector(u"key2-rsa.pem"_s);
    QTest::newRow("public half") << vector(u"key.jwk.json"_s);
    QTest::newRow("not a key") << QByteArray("-----BEGIN EC PRIVATE KEY-----\nAAAA\n");
    QTest::newRow("JSON") << QByteArray("{}");
    QTest::newRow("cut") << vector(u"key.pem"_s).first(100);
    QTest::newRow("with a password")
        << QByteArray("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                      "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgv\n"
                      "-----END ENCRYPTED PRIVATE KEY-----\n");
}

void TestSigningKey::refusesWhatCannotSign()
{
    QFETCH(const QByteArray, text);
    const auto signing = SigningKey::parse(Secret(text));
    QVERIFY(!signing);
    QCOMPARE(signing.error().kind, Error::Kind::InvalidInput);
}

void TestSigningKey::makesANewKeyEachTime()
{
    const auto first = SigningKey::generate();
    const auto second = SigningKey::generate();
    QVERIFY(first && second);
    QVERIFY(first->keyId() != second->keyId());
    QCOMPARE(first->algorithm(), QByteArray("ES256"));
}

QTEST_GUILESS_MAIN(TestSigningKey)
#include "tst_signingkey.moc"
