// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpclient.h"
#include "core/registry/fetchmanifestjob.h"
#include "support/fakeregistry.h"
#include "support/outcome.h"

#include <QFile>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Taken = FetchManifestJob::Taken;

/// FetchManifestJob and manifests of schema 1, whose signatures have to hold.
class TestFetchManifestJobSigned : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void takesSignaturesThatHold_data();
    void takesSignaturesThatHold();
    void refusesSignaturesThatDoNotHold_data();
    void refusesSignaturesThatDoNotHold();
    void doesNotNeedASignature_data();
    void doesNotNeedASignature();
    void keepsDocumentsWhoeverSignedThem();

private:
    [[nodiscard]] Result<Manifest> fetch(const QByteArray &bytes, const QByteArray &type,
                                         Taken taken = Taken::OnlyManifests);
    [[nodiscard]] static QByteArray vector(const QString &name)
    {
        QFile file(QStringLiteral(TEST_DATA "/libtrust/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<HttpClient> m_client;
};

constexpr auto signedType = "application/vnd.docker.distribution.manifest.v1+prettyjws";
constexpr auto unsignedType = "application/vnd.docker.distribution.manifest.v1+json";

void TestFetchManifestJobSigned::init()
{
    m_client.reset();
    m_registry = std::make_unique<FakeRegistry>();
    m_client = std::make_unique<HttpClient>(m_network, Origin::of(m_registry->url()));
}

Result<Manifest> TestFetchManifestJobSigned::fetch(const QByteArray &bytes, const QByteArray &type,
                                                   Taken taken)
{
    m_registry->failNext("GET", u"/manifests/"_s, {200, bytes, {{"Content-Type", type}}}, 1);
    const ManifestTarget target{RegistryUrls(m_registry->url({})), *RepositoryName::parse(u"a/b"),
                                *Tag::parse(u"v1")};
    return outcomeOf(new FetchManifestJob(*m_client, target, taken));
}

void TestFetchManifestJobSigned::takesSignaturesThatHold_data()
{
    QTest::addColumn<QString>("file");
    for (const char *name : {"manifest", "manifest-compact", "manifest-odd-tail", "manifest-x5c",
                             "manifest-three-signatures", "registry-get", "registry-downconverted"})
        QTest::newRow(name) << QString::fromLatin1(name) + u".json"_s;
}

void TestFetchManifestJobSigned::takesSignaturesThatHold()
{
    QFETCH(const QString, file);
    const QByteArray bytes = vector(file);
    for (const char *type : {signedType, unsignedType, "application/json"}) {
        const auto manifest = fetch(bytes, type);
        QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
        QCOMPARE(manifest->bytes, bytes);
    }
}

void TestFetchManifestJobSigned::refusesSignaturesThatDoNotHold_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("isReadable"); // Only a signature is wrong, not what it is about.
    const auto row = [](const char *name, bool isReadable) {
        QTest::newRow(name) << u"bad-%1.json"_s.arg(QLatin1StringView(name)) << isReadable;
    };
    for (const char *name :
         {"alg-mismatch", "alg-none", "der-signature", "missing-signatures", "point-not-on-curve",
          "short-signature", "tampered-tag", "wrong-kid", "zero-signature"})
        row(name, true);
    for (const char *name : {"conflicting-format", "formatlength-beyond-end",
                             "formatlength-negative", "no-signatures"})
        row(name, false);
}

void TestFetchManifestJobSigned::refusesSignaturesThatDoNotHold()
{
    QFETCH(const QString, file);
    QFETCH(const bool, isReadable);
    QVERIFY(!vector(file).isEmpty());
    const auto manifest = fetch(vector(file), signedType);
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().kind,
             isReadable ? Error::Kind::DigestMismatch : Error::Kind::Protocol);
    QVERIFY2(manifest.error().message.contains(u"signature"_s),
             qPrintable(manifest.error().message));
    QVERIFY(!isReadable || !manifest.error().detail.isEmpty());
}

void TestFetchManifestJobSigned::doesNotNeedASignature_data()
{
    QTest::addColumn<QByteArray>("type");
    for (const char *type : {unsignedType, "application/json", ""})
        QTest::newRow(type) << QByteArray(type);
}

void TestFetchManifestJobSigned::doesNotNeedASignature()
{
    QFETCH(const QByteArray, type);
    const QByteArray bytes = vector(u"payload.json"_s);
    const auto manifest = fetch(bytes, type);
    QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
    QCOMPARE(manifest->digest, Digest::ofBytes(bytes));
}

void TestFetchManifestJobSigned::keepsDocumentsWhoeverSignedThem()
{
    // A backup of what is damaged is still what was there.
    const QByteArray bytes = vector(u"bad-wrong-kid.json"_s);
    const auto kept = fetch(bytes, signedType, Taken::AnyDocument);
    QVERIFY2(kept, kept ? "" : qPrintable(kept.error().message));
    QCOMPARE(kept->bytes, bytes);
}

QTEST_GUILESS_MAIN(TestFetchManifestJobSigned)
#include "tst_fetchmanifestjob_signed.moc"
