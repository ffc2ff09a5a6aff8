// SPDX-License-Identifier: Apache-2.0
#include "core/oci/digest.h"
#include "core/oci/schema1signature.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// The vectors in tests/data/libtrust; docker-registry 2.8.2 took the good ones.
class TestSchema1Signature : public QObject
{
    Q_OBJECT

private slots:
    void acceptsSignaturesOfOthers_data();
    void acceptsSignaturesOfOthers();
    void refusesWhatDoesNotHold_data();
    void refusesWhatDoesNotHold();
    void refusesKeysUnderAnotherName_data();
    void refusesKeysUnderAnotherName();
    void readsOnlyWhatWasSigned();
    void signsAsLibtrustDoes_data();
    void signsAsLibtrustDoes();
    void signsNothingElse_data();
    void signsNothingElse();

private:
    [[nodiscard]] static QByteArray vector(const QString &name)
    {
        QFile file(QStringLiteral(TEST_DATA "/libtrust/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void TestSchema1Signature::acceptsSignaturesOfOthers_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("algorithms");
    QTest::newRow("ES256") << u"manifest.json"_s << QStringList{u"ES256"_s};
    QTest::newRow("compact") << u"manifest-compact.json"_s << QStringList{u"ES256"_s};
    QTest::newRow("odd tail") << u"manifest-odd-tail.json"_s << QStringList{u"ES256"_s};
    QTest::newRow("certificate") << u"manifest-x5c.json"_s << QStringList{u"ES256"_s};
    QTest::newRow("three kinds") << u"manifest-three-signatures.json"_s
                                 << QStringList{u"ES256"_s, u"ES384"_s, u"RS256"_s};
    QTest::newRow("of a registry") << u"registry-get.json"_s << QStringList{u"ES256"_s};
    QTest::newRow("converted") << u"registry-downconverted.json"_s << QStringList{u"ES256"_s};
}

void TestSchema1Signature::acceptsSignaturesOfOthers()
{
    QFETCH(const QString, file);
    const auto checked = checkSchema1Signatures(vector(file));
    QVERIFY(checked);
    QVERIFY(checked->isValid());
    QStringList algorithms;
    for (const auto &signature : checked->signatures) {
        algorithms.append(signature.algorithm);
        QCOMPARE(signature.keyId.size(), qsizetype(59));
    }
    algorithms.sort();
    QTEST(algorithms, "algorithms");
}

void TestSchema1Signature::refusesWhatDoesNotHold_data()
{
    QTest::addColumn<QString>("file");
    for (const char *name :
         {"alg-mismatch", "alg-none", "conflicting-format", "der-signature",
          "formatlength-beyond-end", "formatlength-negative", "missing-signatures", "no-signatures",
          "point-not-on-curve", "short-signature", "tampered-tag", "wrong-kid", "zero-signature"})
        QTest::newRow(name) << u"bad-%1.json"_s.arg(QLatin1StringView(name));
}

void TestSchema1Signature::refusesWhatDoesNotHold()
{
    QFETCH(const QString, file);
    QVERIFY(!vector(file).isEmpty());
    const auto checked = checkSchema1Signatures(vector(file));
    QVERIFY(!checked || !checked->isValid());
}

void TestSchema1Signature::refusesKeysUnderAnotherName_data()
{
    // A key need not be named; but what it is called must be what it is.
    QTest::addColumn<QByteArray>("name"); // With what stands around it.
    QTest::addColumn<bool>("isValid");
    QTest::newRow("none") << QByteArray() << true;
    QTest::newRow("by another rule") << QByteArray(R"("kid": "my-key",)") << false;
    QTest::newRow("empty") << QByteArray(R"("kid": "",)") << false;
    QTest::newRow("no text") << QByteArray(R"("kid": 7,)") << false;
}

void TestSchema1Signature::refusesKeysUnderAnotherName()
{
    QFETCH(const QByteArray, name);
    QByteArray document = vector(u"manifest.json"_s);
    const qsizetype begin = document.indexOf(R"("kid")");
    document.replace(begin, document.indexOf(',', begin) + 1 - begin, name);
    const auto checked = checkSchema1Signatures(document);
    QVERIFY(checked);
    QTEST(checked->isValid(), "isValid");
}

void TestSchema1Signature::readsOnlyWhatWasSigned()
{
    const auto checked = checkSchema1Signatures(vector(u"hostile-outer-duplicate-keys.json"_s));
    QVERIFY(checked && checked->isValid());
    QCOMPARE(checked->payload, vector(u"payload.json"_s));
    // One bad signature among good ones is enough.
    const QByteArray three = vector(u"manifest-three-signatures.json"_s);
    QJsonObject document = QJsonDocument::fromJson(three).object();
    const QByteArray signature = document.value("signatures"_L1)
                                     .toArray()
                                     .last()
                                     .toObject()
                                     .value("signature"_L1)
                                     .toString()
                                     .toLatin1();
    QByteArray changed = signature;
    changed[10] = changed.at(10) == 'A' ? 'B' : 'A';
    const auto partly = checkSchema1Signatures(QByteArray(three).replace(signature, changed));
    QVERIFY(partly && !partly->isValid());
    QVERIFY(!partly->signatures.first().error);
    QVERIFY(partly->signatures.last().error);
}

void TestSchema1Signature::signsAsLibtrustDoes_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QString>("signedFile");
    QTest::newRow("with lines") << u"payload.json"_s << u"manifest.json"_s;
    QTest::newRow("compact") << u"payload-compact.json"_s << u"manifest-compact.json"_s;
    QTest::newRow("odd tail") << u"payload-odd-tail.json"_s << u"manifest-odd-tail.json"_s;
}

/// The signature itself is another one each time; all the rest is the same to the byte.
void TestSchema1Signature::signsAsLibtrustDoes()
{
    QFETCH(const QString, payload);
    QFETCH(const QString, signedFile);
    const auto key = SigningKey::parse(Secret(vector(u"key.pem"_s)));
    const QDateTime time(QDate(2024, 2, 29), QTime(12, 0), Qt::UTC);
    const auto document = signSchema1(vector(payload), *key, time);
    QVERIFY(document);
    const auto signatureIn = [](const QByteArray &text) {
        return QJsonDocument::fromJson(text)
            .object()
            .value("signatures"_L1)
            .toArray()
            .first()
            .toObject()
            .value("signature"_L1)
            .toString()
            .toLatin1();
    };
    const QByteArray theirs = vector(signedFile);
    QCOMPARE(QByteArray(*document).replace(signatureIn(*document), signatureIn(theirs)), theirs);
    const auto checked = checkSchema1Signatures(*document);
    QVERIFY(checked && checked->isValid());
    QCOMPARE(checked->payload, vector(payload));
}

void TestSchema1Signature::signsNothingElse_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("hello}");
    QTest::newRow("a list") << QByteArray("[1]");
    QTest::newRow("white space") << QByteArray("\r\n \t}\n");
    QTest::newRow("an empty object") << QByteArray("{ }");
    QTest::newRow("cut") << QByteArray(R"({"a":1)");
    QTest::newRow("signed already") << vector(u"manifest.json"_s);
}

void TestSchema1Signature::signsNothingElse()
{
    QFETCH(const QByteArray, payload);
    const auto document =
        signSchema1(payload, *SigningKey::generate(), QDateTime::currentDateTimeUtc());
    QVERIFY(!document);
    QCOMPARE(document.error().kind, Error::Kind::InvalidInput);
}

QTEST_GUILESS_MAIN(TestSchema1Signature)
#include "tst_schema1signature.moc"
