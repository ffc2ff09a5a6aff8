// SPDX-License-Identifier: Apache-2.0
#include "core/session/readimagejob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestReadImageJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsTheManifestAndTheConfiguration();
    void readsByDigestToo();
    void readsNoConfigurationOfAnIndex();
    void readsNoConfigurationOfAnArtifact();
    void showsAnImageWithoutItsConfiguration_data();
    void showsAnImageWithoutItsConfiguration();
    void keepsTheBytesOfAConfigurationThatIsNone();
    void failsWithoutAManifest_data();
    void failsWithoutAManifest();

private:
    [[nodiscard]] Result<Image> read(const Reference &reference)
    {
        return outcomeOf(
            new ReadImageJob(m_connection->session, *RepositoryName::parse(u"a"), reference));
    }
    [[nodiscard]] Result<Image> read(const QString &tag) { return read(*Tag::parse(tag)); }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    void addManifest(const QString &tag, const Descriptor &config);

    std::unique_ptr<FakeConnection> m_connection;
};

void TestReadImageJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
}

void TestReadImageJob::addManifest(const QString &tag, const Descriptor &config)
{
    registry().addManifest(u"a"_s, tag,
                           R"({"schemaVersion":2,"layers":[],"config":{"mediaType":")"
                               + config.mediaType.toString().toLatin1() + R"(","digest":")"
                               + config.digest.toString().toLatin1() + R"(","size":)"
                               + QByteArray::number(config.size) + "}}",
                           MediaType::ociManifest());
}

void TestReadImageJob::readsTheManifestAndTheConfiguration()
{
    const Digest digest =
        TestImages::addImage(registry(), u"a"_s, u"1"_s, {.architecture = u"arm64"_s});
    const auto image = read(u"1"_s);
    QVERIFY(image);
    QCOMPARE(image->manifest.digest, digest);
    QCOMPARE(image->config->platform.toString(), u"linux/arm64"_s);
    QVERIFY(image->manifest.image()->config.digest.matches(image->configBytes));
    QVERIFY(!image->configError);
}

void TestReadImageJob::readsByDigestToo()
{
    const Digest digest = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"moved on"}});
    const auto image = read(Reference(digest));
    QVERIFY(image);
    QCOMPARE(image->manifest.digest, digest);
}

void TestReadImageJob::readsNoConfigurationOfAnIndex()
{
    TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    const auto image = read(u"multi"_s);
    QVERIFY(image);
    QVERIFY(image->manifest.index());
    QVERIFY(!image->config && !image->configError);
    QCOMPARE(registry().count("GET"), qsizetype(1));
}

void TestReadImageJob::readsNoConfigurationOfAnArtifact()
{
    // DAT-15: whatever an artifact puts there may be large, and is nothing that we understand.
    addManifest(u"chart"_s,
                registry().addBlob(u"a"_s, "{}", u"application/vnd.cncf.helm.config.v1+json"_s));
    const auto image = read(u"chart"_s);
    QVERIFY(image);
    QVERIFY(!image->config && !image->configError);
    QCOMPARE(registry().count("GET", u"/blobs/"_s), qsizetype(0));
}

void TestReadImageJob::showsAnImageWithoutItsConfiguration_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("gone") << 404 << Kind::NotFound;
    QTest::newRow("not allowed") << 403 << Kind::Forbidden;
    QTest::newRow("another size") << 200 << Kind::SizeMismatch;
}

void TestReadImageJob::showsAnImageWithoutItsConfiguration()
{
    QFETCH(const int, status);
    QFETCH(const Kind, kind);
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    registry().failNext("GET", u"/blobs/"_s, {status, "{}"}, 10);
    const auto image = read(u"1"_s);
    QVERIFY(image);
    QCOMPARE(image->manifest.image()->layers.size(), qsizetype(2));
    QVERIFY(!image->config);
    QCOMPARE(image->configError->kind, kind);
    QVERIFY(image->configBytes.isEmpty());
}

void TestReadImageJob::keepsTheBytesOfAConfigurationThatIsNone()
{
    addManifest(u"1"_s, registry().addBlob(u"a"_s, "[not one]",
                                           u"application/vnd.oci.image.config.v1+json"_s));
    const auto image = read(u"1"_s);
    QVERIFY(image);
    QVERIFY(!image->config);
    QVERIFY(image->configError);
    QCOMPARE(image->configBytes, "[not one]"); // They can still be looked at.
}

void TestReadImageJob::failsWithoutAManifest_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("gone") << 404 << Kind::NotFound;
    QTest::newRow("not allowed") << 403 << Kind::Forbidden;
}

void TestReadImageJob::failsWithoutAManifest()
{
    QFETCH(const int, status);
    QFETCH(const Kind, kind);
    registry().failNext("GET", u"/manifests/"_s, {status}, 10);
    const auto image = read(u"1"_s);
    QVERIFY(!image);
    QCOMPARE(image.error().kind, kind);
}

QTEST_GUILESS_MAIN(TestReadImageJob)
#include "tst_readimagejob.moc"
