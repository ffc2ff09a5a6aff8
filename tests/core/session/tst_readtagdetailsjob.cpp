// SPDX-License-Identifier: Apache-2.0
#include "core/session/readtagdetailsjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestReadTagDetailsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void tellsOfASingleImage();
    void tellsOfAnIndex();
    void prefersTheImageForThisMachine();
    void showsTheFirstImageWhenNoneIsForThisMachine();
    void showsAnIndexWithoutItsImages();
    void showsAnImageWithoutItsConfiguration();
    void takesTheDateOfAnArtifactFromItsAnnotations();
    void knowsNoSizeThatCannotBeAdded();
    void failsWithoutAManifest();

private:
    [[nodiscard]] Result<TagDetails> read(const QString &tag)
    {
        return outcomeOf(new ReadTagDetailsJob(m_connection->session, *RepositoryName::parse(u"a"),
                                               *Tag::parse(tag), Session::Priority::Interactive));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    void put(const QString &tag, const QJsonObject &document, const MediaType &type)
    {
        registry().addManifest(u"a"_s, tag, QJsonDocument(document).toJson(), type);
    }
    /// An index of two images of these platforms.
    void addIndexOf(const QStringList &platforms);

    const QDateTime m_created = QDateTime(QDate(2025, 3, 1), QTime(12, 0), Qt::UTC);
    std::unique_ptr<FakeConnection> m_connection;
};

void TestReadTagDetailsJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
}

void TestReadTagDetailsJob::addIndexOf(const QStringList &platforms)
{
    QJsonArray entries;
    for (const QString &name : platforms) {
        const Platform platform = *Platform::parse(name);
        const QByteArray bytes = TestImages::image(
            registry(), u"a"_s,
            {.architecture = platform.architecture, .layers = {name.toUtf8() + " layer"}});
        const Digest digest = registry().addManifest(u"a"_s, {}, bytes, MediaType::ociManifest());
        entries.append(
            QJsonObject{{u"mediaType"_s, MediaType::ociManifest().toString()},
                        {u"digest"_s, digest.toString()},
                        {u"size"_s, bytes.size()},
                        {u"platform"_s, QJsonObject{{u"os"_s, platform.os},
                                                    {u"architecture"_s, platform.architecture}}}});
    }
    put(u"multi"_s, {{u"schemaVersion"_s, 2}, {u"manifests"_s, entries}}, MediaType::ociIndex());
}

void TestReadTagDetailsJob::tellsOfASingleImage()
{
    const Digest digest =
        TestImages::addImage(registry(), u"a"_s, u"1"_s, {.architecture = u"arm64"_s});
    const auto details = read(u"1"_s);
    QVERIFY(details);
    QCOMPARE(details->manifest.digest, digest);
    QVERIFY(details->entries.isEmpty());
    QCOMPARE(details->platformNames(), QStringList{u"linux/arm64"_s});
    QCOMPARE(details->created, m_created);
    const auto manifest =
        parseManifest(TestImages::image(registry(), u"a"_s, {.architecture = u"arm64"_s}), {});
    QCOMPARE(details->size, imageSize(*manifest->image()));
}

void TestReadTagDetailsJob::tellsOfAnIndex()
{
    const Digest digest = TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    const auto details = read(u"multi"_s);
    QVERIFY(details);
    QCOMPARE(details->manifest.digest, digest);
    QCOMPARE(details->manifest.mediaType, MediaType::ociIndex());
    QCOMPARE(details->entries.size(), qsizetype(3));
    QVERIFY(!details->entries.at(0).isAttestation);
    QVERIFY(details->entries.at(2).isAttestation);
    QCOMPARE(details->platformNames(), (QStringList{u"linux/amd64"_s, u"linux/arm64"_s}));
    QVERIFY(!details->platform); // It has several.
    QCOMPARE(details->created, m_created);
    QVERIFY(details->size > 0);
}

void TestReadTagDetailsJob::prefersTheImageForThisMachine()
{
    const QString native = Platform::native().toString();
    addIndexOf({u"linux/s390x"_s, native});
    const auto details = read(u"multi"_s);
    QVERIFY(details);
    const Digest chosen = details->entries.at(1).descriptor.digest;
    QCOMPARE(registry().count("GET", chosen.toString()), qsizetype(1));
    QCOMPARE(registry().count("GET", u"/manifests/"_s), qsizetype(2)); // No more than needed.
    QCOMPARE(details->platformNames(), (QStringList{u"linux/s390x"_s, native}));
}

void TestReadTagDetailsJob::showsTheFirstImageWhenNoneIsForThisMachine()
{
    addIndexOf({u"linux/s390x"_s, u"linux/mips64le"_s});
    const auto details = read(u"multi"_s);
    QVERIFY(details);
    QVERIFY(details->size > 0);
    const Digest first = details->entries.at(0).descriptor.digest;
    QCOMPARE(registry().count("GET", first.toString()), qsizetype(1));
}

void TestReadTagDetailsJob::showsAnIndexWithoutItsImages()
{
    TestImages::addIndex(registry(), u"a"_s, u"multi"_s);
    registry().failNext("GET", u"/manifests/sha256:"_s, {404}, 10);
    const auto details = read(u"multi"_s);
    QVERIFY(details);
    QCOMPARE(details->entries.size(), qsizetype(3));
    QCOMPARE(details->size, qint64(-1));
    QVERIFY(!details->created.isValid());
}

void TestReadTagDetailsJob::showsAnImageWithoutItsConfiguration()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    registry().failNext("GET", u"/blobs/"_s, {404}, 10);
    const auto details = read(u"1"_s);
    QVERIFY(details);
    QVERIFY(details->size > 0);
    QCOMPARE(details->platformNames(), QStringList());
    QVERIFY(!details->created.isValid());
}

void TestReadTagDetailsJob::takesTheDateOfAnArtifactFromItsAnnotations()
{
    const QString date = u"2024-02-03T04:05:06Z"_s;
    put(u"chart"_s,
        {{u"schemaVersion"_s, 2},
         {u"config"_s, QJsonObject{{u"mediaType"_s, u"application/vnd.cncf.helm.config.v1+json"_s},
                                   {u"digest"_s, Digest::ofBytes("c").toString()},
                                   {u"size"_s, 7}}},
         {u"layers"_s, QJsonArray()},
         {u"annotations"_s, QJsonObject{{u"org.opencontainers.image.created"_s, date}}}},
        MediaType::ociManifest());
    const auto details = read(u"chart"_s);
    QVERIFY(details);
    QCOMPARE(details->created, QDateTime::fromString(date, Qt::ISODate));
    QCOMPARE(details->size, qint64(7));
    QCOMPARE(registry().count("GET", u"/blobs/"_s), qsizetype(0));
}

void TestReadTagDetailsJob::knowsNoSizeThatCannotBeAdded()
{
    const QByteArray huge = R"({"mediaType":"a/b","size":9007199254740991,"digest":")"
                            + Digest::ofBytes("x").toString().toLatin1() + R"("})";
    QByteArrayList layers; // DAT-05
    for (int i = 0; i < 1025; ++i)
        layers.append(huge);
    registry().addManifest(u"a"_s, u"1"_s,
                           R"({"schemaVersion":2,"config":)" + huge + R"(,"layers":[)"
                               + layers.join(',') + "]}",
                           MediaType::ociManifest());
    const auto details = read(u"1"_s);
    QVERIFY(details);
    QCOMPARE(details->size, qint64(-1));
}

void TestReadTagDetailsJob::failsWithoutAManifest()
{
    registry().addRepository(u"a"_s);
    const auto details = read(u"1"_s);
    QVERIFY(!details);
    QCOMPARE(details.error().kind, Error::Kind::NotFound);
}

QTEST_GUILESS_MAIN(TestReadTagDetailsJob)
#include "tst_readtagdetailsjob.moc"
