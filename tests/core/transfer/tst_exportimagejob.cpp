// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportimagejob.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestExportImageJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesALayoutWithTheBytesOfTheRegistry();
    void takesEverythingOfAnIndex();
    void takesOnePlatformOfAnIndex();
    void completesWhatWasBrokenOff();
    void repairsDamagedBlobs();
    void addsToALayout();
    void namesNothingThatIsNotThere();
    void leavesOutWhatMayNotBeDistributed();
    void takesOneBlobForTwoParts();
    void takesTenThousandLayers();
    void refusesTwoSizesOfOneBlob();
    void refusesSchema1();
    void refusesAFolderOfSomethingElse();
    void refusesAFolderThatAnotherExportUses();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QString folder() const { return m_home->filePath(u"layout"_s); }
    [[nodiscard]] Result<ExportedImage> save(const QString &tag,
                                             const QList<Platform> &platforms = {})
    {
        return outcomeOf(new ExportImageJob(
            m_connection->session,
            {{{{*RepositoryName::parse(u"a"), *Tag::parse(tag), platforms}, {tag}}}, folder()}));
    }
    [[nodiscard]] QByteArray file(const QString &name) const
    {
        QFile file(folder() + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QByteArray blob(const Digest &digest) const
    {
        return file("blobs/sha256/"_L1 + digest.encoded());
    }
    [[nodiscard]] QStringList blobs() const
    {
        return QDir(folder() + "/blobs/sha256"_L1).entryList(QDir::Files | QDir::Hidden);
    }
    /// Of the manifests that index.json names.
    [[nodiscard]] QStringList named() const
    {
        QStringList result;
        const QJsonArray entries =
            QJsonDocument::fromJson(file(u"index.json"_s))["manifests"_L1].toArray();
        for (const QJsonValue &entry : entries)
            result.append(entry["digest"_L1].toString());
        return result;
    }
    [[nodiscard]] qsizetype blobRequests() { return registry().count("GET", u"/blobs/"_s); }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestExportImageJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
}

void TestExportImageJob::writesALayoutWithTheBytesOfTheRegistry()
{
    const QByteArray odd = " \r\n" + TestImages::image(registry(), u"a"_s).replace("\":", "\" :\t");
    const Digest digest = registry().addManifest(u"a"_s, u"odd"_s, odd, MediaType::ociManifest());
    const auto exported = save(u"odd"_s);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->image.digest, digest);
    QCOMPARE(exported->blobs, qsizetype(4)); // Manifest, configuration, two layers.
    QCOMPARE(exported->kept, qsizetype(0));
    QCOMPARE(blob(digest), odd);
    QCOMPARE(blob(Digest::ofBytes("layer one")), "layer one");
    QCOMPARE(blobs().size(), qsizetype(4));
    qint64 bytes = 0;
    for (const QString &name : blobs())
        bytes += file("blobs/sha256/"_L1 + name).size();
    QCOMPARE(exported->bytes, bytes);
    QCOMPARE(named(), QStringList{digest.toString()});
    QCOMPARE(QDir(folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList({u"blobs"_s, u"index.json"_s, u"oci-layout"_s})); // No lock stays.
}

void TestExportImageJob::takesEverythingOfAnIndex()
{
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    QVERIFY(save(u"1"_s));
    QCOMPARE(named(), QStringList{index.toString()});
    const QJsonArray entries = QJsonDocument::fromJson(blob(index))["manifests"_L1].toArray();
    QCOMPARE(entries.size(), qsizetype(3));
    for (const QJsonValue &entry : entries)
        QVERIFY(!blob(*Digest::parse(entry["digest"_L1].toString())).isEmpty());
}

void TestExportImageJob::takesOnePlatformOfAnIndex()
{
    const Digest index = TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    const auto exported = save(u"1"_s, {*Platform::parse(u"linux/arm64"_s)});
    QVERIFY(exported);
    QVERIFY(exported->image.digest != index);
    QCOMPARE(named(), QStringList{exported->image.digest.toString()});
    QVERIFY(blob(index).isEmpty());
}

void TestExportImageJob::completesWhatWasBrokenOff()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    HeldRequests held(registry(), "GET", Digest::ofBytes("layer two").toString());
    auto *job = new ExportImageJob(
        m_connection->session,
        {{{{*RepositoryName::parse(u"a"), *Tag::parse(u"1")}, {u"1"_s}}}, folder()});
    const QSignalSpy gone(job, &QObject::destroyed);
    job->start();
    QTRY_COMPARE(blobs().filter(QRegularExpression(u"^[^.]"_s)).size(), qsizetype(2));
    job->cancel();
    QTRY_COMPARE(gone.size(), qsizetype(1));
    held.release();
    QVERIFY(named().isEmpty());
    registry().forgetRequests();
    const auto exported = save(u"1"_s);
    QVERIFY(exported);
    QCOMPARE(exported->kept, qsizetype(2));
    QCOMPARE(blobRequests(), qsizetype(1));
    QCOMPARE(blob(Digest::ofBytes("layer two")), "layer two");
    registry().forgetRequests();
    QCOMPARE(save(u"1"_s)->kept, qsizetype(3));
    QCOMPARE(blobRequests(), qsizetype(0));
}

void TestExportImageJob::repairsDamagedBlobs()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    QVERIFY(save(u"1"_s));
    const Digest layer = Digest::ofBytes("layer one");
    QFile damaged(folder() + "/blobs/sha256/"_L1 + layer.encoded());
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write("layer 0ne");
    damaged.close();
    QCOMPARE(save(u"1"_s)->kept, qsizetype(2));
    QCOMPARE(blob(layer), "layer one");
}

void TestExportImageJob::addsToALayout()
{
    const Digest one = TestImages::addImage(registry(), u"a"_s, u"1"_s);
    const Digest two =
        TestImages::addImage(registry(), u"a"_s, u"2"_s, {.layers = {"layer one", "more"}});
    QVERIFY(save(u"1"_s));
    QCOMPARE(save(u"2"_s)->kept, qsizetype(1)); // The layer that both have.
    QCOMPARE(named(), QStringList({one.toString(), two.toString()}));
}

void TestExportImageJob::namesNothingThatIsNotThere()
{
    TestImages::addIndex(registry(), u"a"_s, u"1"_s);
    registry().failNext("GET", Digest::ofBytes("layer one").toString(), {404, {}, {}}, 9);
    const auto exported = save(u"1"_s);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::NotFound);
    QVERIFY(!QFile::exists(folder() + "/index.json"_L1));
}

void TestExportImageJob::leavesOutWhatMayNotBeDistributed()
{
    const Descriptor config =
        registry().addBlob(u"a"_s, "{}", u"application/vnd.oci.image.config.v1+json"_s);
    const QByteArray manifest =
        R"({"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json",)"
        R"("size":2,"digest":")"
        + config.digest.toString().toLatin1()
        + R"("},"layers":[{"mediaType":"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",)"
          R"("size":5,"urls":["https://elsewhere.example/x"],"digest":")"
        + Digest::ofBytes("there").toString().toLatin1() + R"("}]})";
    registry().addManifest(u"a"_s, u"1"_s, manifest, MediaType::ociManifest());
    const auto exported = save(u"1"_s);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->foreign.size(), qsizetype(1));
    QCOMPARE(exported->foreign.first().digest, Digest::ofBytes("there"));
}

static QByteArray imageOf(const Descriptor &blob, qint64 layerSize)
{
    const auto part = [&](const QByteArray &type, qint64 size) -> QByteArray {
        return R"({"mediaType":"application/vnd.oci.image.)" + type + R"(","digest":")"
               + blob.digest.toString().toLatin1() + R"(","size":)" + QByteArray::number(size)
               + '}';
    };
    return R"({"schemaVersion":2,"config":)" + part("config.v1+json", blob.size) + R"(,"layers":[)"
           + part("layer.v1.tar", layerSize) + "]}";
}

void TestExportImageJob::takesOneBlobForTwoParts()
{
    // DAT-28
    const Descriptor shared = registry().addBlob(u"a"_s, "{}");
    const QByteArray bytes = imageOf(shared, shared.size);
    registry().addManifest(u"a"_s, u"1"_s, bytes, MediaType::ociManifest());
    const auto exported = save(u"1"_s);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->blobs, qsizetype(2)); // It, and the manifest.
    QCOMPARE(blobRequests(), qsizetype(1));
    QCOMPARE(blob(shared.digest), "{}");
    QCOMPARE(blob(Digest::ofBytes(bytes)), bytes);
}

void TestExportImageJob::takesTenThousandLayers()
{
    // DAT-09
    TestImages::Options many{.layers = {}};
    for (int i = 0; i < 10'000; ++i)
        many.layers.append("layer " + QByteArray::number(i % 100));
    TestImages::addImage(registry(), u"a"_s, u"1"_s, many);
    const auto exported = save(u"1"_s);
    QVERIFY2(exported, exported ? "" : qPrintable(exported.error().message));
    QCOMPARE(exported->blobs, qsizetype(102)); // Manifest, configuration, a hundred layers.
    QCOMPARE(blobRequests(), qsizetype(101));
}

void TestExportImageJob::refusesTwoSizesOfOneBlob()
{
    // DAT-28: the layout would hold a descriptor that is wrong.
    const Descriptor shared = registry().addBlob(u"a"_s, "{}");
    registry().addManifest(u"a"_s, u"1"_s, imageOf(shared, 3), MediaType::ociManifest());
    const auto exported = save(u"1"_s);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::Protocol);
    QCOMPARE(blobRequests(), qsizetype(0));
}

void TestExportImageJob::refusesSchema1()
{
    registry().addManifest(
        u"a"_s, u"1"_s,
        R"({"schemaVersion":1,"name":"a","tag":"1","architecture":"amd64","fsLayers":[],"history":[]})",
        MediaType::parse(u"application/vnd.docker.distribution.manifest.v1+json"));
    const auto exported = save(u"1"_s);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::Unsupported);
}

void TestExportImageJob::refusesAFolderOfSomethingElse()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    QVERIFY(QDir().mkpath(folder()));
    QFile precious(folder() + "/precious"_L1);
    QVERIFY(precious.open(QIODevice::WriteOnly));
    const auto exported = save(u"1"_s);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::LocalFile);
    QVERIFY(registry().requests().isEmpty());
}

void TestExportImageJob::refusesAFolderThatAnotherExportUses()
{
    TestImages::addImage(registry(), u"a"_s, u"1"_s);
    QVERIFY(save(u"1"_s));
    QLockFile lock(folder() + "/.longshore.lock"_L1);
    QVERIFY(lock.tryLock());
    registry().forgetRequests();
    const auto exported = save(u"1"_s);
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, Kind::LocalFile);
    QVERIFY(registry().requests().isEmpty());
}

QTEST_GUILESS_MAIN(TestExportImageJob)
#include "tst_exportimagejob.moc"
