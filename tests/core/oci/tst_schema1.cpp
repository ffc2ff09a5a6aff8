// SPDX-License-Identifier: Apache-2.0
#include "core/oci/manifest.h"
#include "core/oci/schema1.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// The vectors in tests/data/libtrust; docker-registry 2.8.2 gave the good ones these digests.
class TestSchema1 : public QObject
{
    Q_OBJECT

private slots:
    void findsTheSignedBytes_data();
    void findsTheSignedBytes();
    void refusesDamagedSignatures_data();
    void refusesDamagedSignatures();
    void readsNothingBehindTheSignedBytes();
    void anUnsignedDocumentIsItsOwnPayload();

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
    [[nodiscard]] static MediaType signedType()
    {
        return MediaType::parse(u"application/vnd.docker.distribution.manifest.v1+prettyjws");
    }
};

void TestSchema1::findsTheSignedBytes_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("digest");
    const QJsonObject expected = json(u"expected.json"_s);
    const QString digest = expected.value("digest"_L1).toString();
    const auto digestOf = [&](QLatin1StringView variant) {
        return expected.value(variant).toObject().value("digest"_L1).toString();
    };
    const auto announced = [](const QString &file) {
        const QJsonObject headers = json(file).value("headers"_L1).toObject();
        return headers.contains("Docker-Content-Digest"_L1)
                   ? headers.value("Docker-Content-Digest"_L1).toString()
                   : headers.value("docker-content-digest"_L1).toString();
    };
    QTest::newRow("payload") << u"payload.json"_s << digest;
    QTest::newRow("ES256") << u"manifest.json"_s << digest;
    QTest::newRow("three signatures") << u"manifest-three-signatures.json"_s << digest;
    QTest::newRow("certificate") << u"manifest-x5c.json"_s << digest;
    QTest::newRow("compact") << u"manifest-compact.json"_s << digestOf("compact"_L1);
    QTest::newRow("odd tail") << u"manifest-odd-tail.json"_s << digestOf("odd_tail"_L1);
    QTest::newRow("signed anew by a registry")
        << u"registry-get.json"_s << announced(u"registry-get.headers.json"_s);
    QTest::newRow("converted by a registry")
        << u"registry-downconverted.json"_s << announced(u"registry-downconverted.headers.json"_s);
}

void TestSchema1::findsTheSignedBytes()
{
    // DAT-29
    QFETCH(QString, file);
    QFETCH(QString, digest);
    const auto payload = schema1Payload(vector(file));
    QVERIFY(payload);
    QCOMPARE(Digest::ofBytes(*payload).toString(), digest);
    for (const MediaType &type : {signedType(), MediaType(), MediaType::parse(u"text/plain")}) {
        const auto manifest = parseManifest(vector(file), type);
        QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
        QCOMPARE(manifest->digest.toString(), digest);
        QCOMPARE(manifest->bytes, vector(file));
        QCOMPARE(manifest->mediaType, signedType());
        QVERIFY(!manifest->image() && !manifest->index());
    }
}

void TestSchema1::refusesDamagedSignatures_data()
{
    QTest::addColumn<QByteArray>("document");
    for (const char *name : {"bad-conflicting-format", "bad-formatlength-beyond-end",
                             "bad-formatlength-negative", "bad-no-signatures"})
        QTest::newRow(name) << vector(QString::fromLatin1(name) + ".json"_L1);
    QTest::newRow("signatures are no list") << QByteArray(R"({"signatures":{}})");
    QTest::newRow("signature is no object") << QByteArray(R"({"signatures":[1]})");
    QTest::newRow("protected is not base64")
        << QByteArray(R"({"signatures":[{"protected":"!!!"}]})");
    QTest::newRow("no length") << QByteArray(R"({"signatures":[{"protected":"e30"}]})");
}

void TestSchema1::refusesDamagedSignatures()
{
    QFETCH(QByteArray, document);
    QVERIFY(!document.isEmpty());
    const auto payload = schema1Payload(document);
    QVERIFY(!payload);
    QCOMPARE(payload.error().kind, Error::Kind::Protocol);
    QVERIFY(!parseManifest(document, signedType()));
}

void TestSchema1::readsNothingBehindTheSignedBytes()
{
    const QByteArray hostile = vector(u"hostile-outer-duplicate-keys.json"_s);
    const auto payload = schema1Payload(hostile);
    QVERIFY(payload);
    QVERIFY(!payload->contains("evil"));
    QCOMPARE(*payload, vector(u"payload.json"_s));
    // Where nobody says that it is signed, its two readings are reason enough to refuse it.
    QVERIFY(parseManifest(hostile, signedType()));
    QVERIFY(!parseManifest(hostile, MediaType()));
}

void TestSchema1::anUnsignedDocumentIsItsOwnPayload()
{
    const QByteArray document = vector(u"bad-missing-signatures.json"_s);
    QCOMPARE(*schema1Payload(document), document);
    QCOMPARE(*schema1Payload("not JSON"), "not JSON");
}

QTEST_GUILESS_MAIN(TestSchema1)
#include "tst_schema1.moc"
