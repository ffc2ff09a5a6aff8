// SPDX-License-Identifier: Apache-2.0
#include "core/session/readimagepartsjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestReadImagePartsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void findsConfigurationAndLayersOfAnImage();
    void findsEverythingOfAnIndex();
    void findsOnePlatformOfAnIndex();
    void tellsForeignLayersFromTheOthers();
    void readsNothingButManifests();
    void failsWhenAPartOfAnIndexIsMissing();
    void refusesSchema1();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] Result<ImageParts> read(const QString &tag,
                                          const std::optional<Platform> &platform = {})
    {
        return outcomeOf(new ReadImagePartsJob(
            m_connection->session, {*RepositoryName::parse(u"a"), *Tag::parse(tag), platform}));
    }

    std::unique_ptr<FakeConnection> m_connection;
};

void TestReadImagePartsJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
}

void TestReadImagePartsJob::findsConfigurationAndLayersOfAnImage()
{
    const Digest digest = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const auto parts = read(u"1"_s);
    QVERIFY(parts);
    QCOMPARE(parts->root.digest, digest);
    QCOMPARE(parts->manifests.keys(), QList<Digest>{digest});
    QCOMPARE(parts->blobs.size(), qsizetype(3));
    QVERIFY(parts->blobs.contains(Digest::ofBytes("layer one")));
    QVERIFY(parts->blobs.contains(parts->root.image()->config.digest));
    QVERIFY(parts->foreign.isEmpty());
    const qint64 config = parts->root.image()->config.size;
    QCOMPARE(parts->size(), parts->root.bytes.size() + config + 18);
}

void TestReadImagePartsJob::findsEverythingOfAnIndex()
{
    const Digest digest = TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    const auto parts = read(u"1"_s);
    QVERIFY(parts);
    QCOMPARE(parts->root.digest, digest);
    QCOMPARE(parts->manifests.size(), qsizetype(4)); // Two platforms and an attestation.
    QCOMPARE(parts->blobs.size(), qsizetype(6)); // Layers are shared, configurations are not.
}

void TestReadImagePartsJob::findsOnePlatformOfAnIndex()
{
    TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    const auto parts = read(u"1"_s, Platform::parse(u"linux/arm64"_s));
    QVERIFY(parts);
    QVERIFY(parts->root.image());
    QCOMPARE(parts->manifests.size(), qsizetype(1));
    QCOMPARE(parts->blobs.size(), qsizetype(3));
}

void TestReadImagePartsJob::tellsForeignLayersFromTheOthers()
{
    QByteArray manifest = TestImages::image(registry(), u"a"_s);
    const qsizetype place = manifest.indexOf("application/vnd.oci.image.layer.v1.tar+gzip");
    manifest.replace(place, 43, "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    registry().addManifest(u"a"_s, u"1"_s, manifest, MediaType::ociManifest());
    const auto parts = read(u"1"_s);
    QVERIFY(parts);
    QCOMPARE(parts->foreign.size(), qsizetype(1));
    QCOMPARE(parts->blobs.size(), qsizetype(2));
    QVERIFY(!parts->blobs.contains(parts->foreign.first().digest));
}

void TestReadImagePartsJob::readsNothingButManifests()
{
    TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    QVERIFY(read(u"1"_s));
    QCOMPARE(registry().requests().size(), qsizetype(4));
    for (const TestRequest &request : registry().requests())
        QVERIFY(request.path().contains(u"/manifests/"_s));
}

void TestReadImagePartsJob::failsWhenAPartOfAnIndexIsMissing()
{
    const Digest absent = Digest::ofBytes("absent");
    registry().addManifest(u"a"_s, u"1"_s,
                           R"({"schemaVersion":2,"manifests":[{"size":6,"mediaType":")"
                               + MediaType::ociManifest().toString().toLatin1() + R"(","digest":")"
                               + absent.toString().toLatin1() + R"("}]})",
                           MediaType::ociIndex());
    const auto parts = read(u"1"_s);
    QVERIFY(!parts);
    QCOMPARE(parts.error().kind, Kind::NotFound);
}

void TestReadImagePartsJob::refusesSchema1()
{
    registry().addManifest(
        u"a"_s, u"1"_s,
        R"({"schemaVersion":1,"name":"a","tag":"1","architecture":"amd64","fsLayers":[],"history":[]})",
        MediaType::parse(u"application/vnd.docker.distribution.manifest.v1+json"));
    const auto parts = read(u"1"_s);
    QVERIFY(!parts);
    QCOMPARE(parts.error().kind, Kind::Unsupported);
    QVERIFY2(parts.error().message.contains(u"schema 1"_s), qPrintable(parts.error().message));
}

QTEST_GUILESS_MAIN(TestReadImagePartsJob)
#include "tst_readimagepartsjob.moc"
