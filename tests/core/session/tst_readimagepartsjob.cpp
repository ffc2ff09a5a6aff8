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
    void findsSeveralPlatformsOfAnIndex();
    void refusesSeveralPlatformsThatAreNotThere();
    void tellsForeignLayersFromTheOthers();
    void readsNothingButManifests();
    void failsWhenAPartOfAnIndexIsMissing();
    void refusesSchema1();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] Result<ImageParts> read(const QString &tag, const QStringList &wanted = {})
    {
        QList<Platform> platforms;
        for (const QString &name : wanted)
            platforms.append(*Platform::parse(name));
        return outcomeOf(new ReadImagePartsJob(
            m_connection->session, {*RepositoryName::parse(u"a"), *Tag::parse(tag), platforms}));
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
    const auto parts = read(u"1"_s, {u"linux/arm64"_s});
    QVERIFY(parts);
    QVERIFY(parts->root.image());
    QCOMPARE(parts->manifests.size(), qsizetype(1));
    QCOMPARE(parts->blobs.size(), qsizetype(3));
}

void TestReadImagePartsJob::findsSeveralPlatformsOfAnIndex()
{
    const QStringList all{u"amd64"_s, u"arm64"_s, u"s390x"_s};
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"1"_s, all);
    const auto parts = read(u"1"_s, {u"linux/s390x"_s, u"linux/arm64"_s});
    QVERIFY(parts);
    QVERIFY(parts->root.index() && parts->root.digest != index);
    QCOMPARE(parts->root.index()->manifests.size(), qsizetype(2));
    QCOMPARE(parts->manifests.size(),
             qsizetype(3)); // The new index, and not the one that is stored.
    QVERIFY(parts->manifests.contains(parts->root.digest));
    // What attests to the first comes along with it.
    QCOMPARE(read(u"1"_s, {u"linux/amd64"_s, u"linux/arm64"_s})->manifests.size(), qsizetype(4));
    QCOMPARE(registry().count("GET", u"/manifests/1"_s), qsizetype(2));
}

void TestReadImagePartsJob::refusesSeveralPlatformsThatAreNotThere()
{
    TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    TestImages::addImage(registry(), u"a"_s, u"one"_s);
    const QStringList wanted{u"linux/amd64"_s, u"plan9/mips"_s};
    QCOMPARE(read(u"1"_s, wanted).error().kind, Kind::NotFound);
    QCOMPARE(read(u"one"_s, wanted).error().kind, Kind::InvalidInput);
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
