// SPDX-License-Identifier: Apache-2.0
#include "core/session/readlayercontentsjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestReadLayerContentsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void joinsLayersWithTheirDiffIds();
    void refusesAConfigurationOfOtherLayers();
    void refusesWhatIsNoImage();
    void failsWithoutAConfiguration();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] Result<QList<LayerContent>> read(const QByteArray &manifest)
    {
        return outcomeOf(new ReadLayerContentsJob(
            m_connection->session, *RepositoryName::parse(u"a"), *parseManifest(manifest, {})));
    }

    std::unique_ptr<FakeConnection> m_connection;
};

void TestReadLayerContentsJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
}

void TestReadLayerContentsJob::joinsLayersWithTheirDiffIds()
{
    const auto contents = read(TestImages::image(
        registry(), u"a"_s, {.layers = {"stored 1", "stored 2"}, .contents = {"one", "two"}}));
    QVERIFY(contents);
    QCOMPARE(contents->size(), qsizetype(2));
    QCOMPARE(contents->at(0).layer.digest, Digest::ofBytes("stored 1"));
    QCOMPARE(contents->at(0).diffId, Digest::ofBytes("one"));
    QCOMPARE(contents->at(1).diffId, Digest::ofBytes("two"));
}

void TestReadLayerContentsJob::refusesAConfigurationOfOtherLayers()
{
    const auto contents = read(TestImages::image(
        registry(), u"a"_s, {.layers = {"stored 1", "stored 2"}, .contents = {"one"}}));
    QVERIFY(!contents);
    QCOMPARE(contents.error().kind, Kind::Protocol);
}

void TestReadLayerContentsJob::refusesWhatIsNoImage()
{
    QByteArray artifact = TestImages::image(registry(), u"a"_s);
    artifact.replace("application/vnd.oci.image.config.v1+json",
                     "application/vnd.oci.empty.v1+json");
    for (const QByteArray &manifest :
         {artifact, QByteArray(R"({"schemaVersion":2,"manifests":[]})")}) {
        const auto contents = read(manifest);
        QVERIFY(!contents);
        QCOMPARE(contents.error().kind, Kind::Unsupported);
    }
    QVERIFY(registry().requests().isEmpty());
}

void TestReadLayerContentsJob::failsWithoutAConfiguration()
{
    registry().failNext("GET", u"/blobs/"_s, {404, {}, {}});
    const auto contents = read(TestImages::image(registry(), u"a"_s));
    QVERIFY(!contents);
    QCOMPARE(contents.error().kind, Kind::NotFound);
}

QTEST_GUILESS_MAIN(TestReadLayerContentsJob)
#include "tst_readlayercontentsjob.moc"
