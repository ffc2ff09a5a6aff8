// SPDX-License-Identifier: Apache-2.0
#include "core/layout/ocilayoutfiles.h"
#include "support/testlayout.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestOciLayoutFiles : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void knowsALayout();
    void listsImagesByTheirNames();
    void takesTheWholeNameWhereThereIsOne();
    void givesManifestsAndBlobs();
    void checksManifests();
    void saysWhatIsMissing();
    void followsNoLink();
    void refusesWhatIsNoLayout_data();
    void refusesWhatIsNoLayout();

private:
    [[nodiscard]] Result<std::shared_ptr<const ImageFiles>> read() const
    {
        return OciLayoutFiles::read(std::make_shared<FolderTree>(m_layout->path()));
    }

    FakeRegistry m_registry; // Only makes the documents.
    std::unique_ptr<TestLayout> m_layout;
    std::optional<Digest> m_image;
    std::optional<Digest> m_index;
};

void TestOciLayoutFiles::init()
{
    m_layout = std::make_unique<TestLayout>();
    m_image = TestImages::addImage(m_registry, u"a"_s, u"1"_s);
    m_index = TestImages::addIndex(m_registry, u"a"_s, u"all"_s);
    m_layout->save(m_registry, u"a"_s,
                   {{u"1.0"_s, *m_image}, {u"all"_s, *m_index}, {{}, *m_image}});
}

void TestOciLayoutFiles::knowsALayout()
{
    QVERIFY(OciLayoutFiles::isIn(FolderTree(m_layout->path())));
    const QTemporaryDir empty;
    QVERIFY(!OciLayoutFiles::isIn(FolderTree(empty.path())));
}

void TestOciLayoutFiles::listsImagesByTheirNames()
{
    const auto files = read();
    QVERIFY2(files, files ? "" : qPrintable(files.error().message));
    const QList<StoredImage> &images = (*files)->images();
    QCOMPARE(images.size(), qsizetype(3));
    QCOMPARE(images[0].name, u"1.0"_s);
    QCOMPARE(images[0].manifest.digest, *m_image);
    QCOMPARE(images[1].name, u"all"_s);
    QCOMPARE(images[1].manifest.mediaType, MediaType::ociIndex());
    QCOMPARE(images[2].name, QString());
}

void TestOciLayoutFiles::takesTheWholeNameWhereThereIsOne()
{
    QByteArray list = m_layout->read(u"index.json"_s);
    list.replace(R"("annotations":{)",
                 R"("annotations":{"io.containerd.image.name":"docker.io/library/a:1.0",)");
    m_layout->write(u"index.json"_s, list);
    QCOMPARE((*read())->images().first().name, u"docker.io/library/a:1.0"_s);
}

void TestOciLayoutFiles::givesManifestsAndBlobs()
{
    const auto files = read();
    QVERIFY(files);
    const auto manifest = (*files)->manifest(*m_image, {});
    QVERIFY(manifest);
    QCOMPARE(manifest->bytes, m_registry.manifestBytes(u"a"_s, *m_image));
    QCOMPARE(manifest->digest, *m_image);
    const auto layer = (*files)->blob(Digest::ofBytes("layer one"));
    QVERIFY(layer);
    QCOMPARE(*layer->readAll(100), "layer one");
}

void TestOciLayoutFiles::checksManifests()
{
    m_layout->write(u"blobs/sha256/"_s + m_image->encoded(),
                    m_registry.manifestBytes(u"a"_s, *m_image) + ' ');
    const auto damaged = (*read())->manifest(*m_image, {});
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().kind, Kind::DigestMismatch);
    const auto another = (*read())->manifest(*m_index, MediaType::ociManifest());
    QVERIFY(!another);
    QCOMPARE(another.error().kind, Kind::Protocol);
}

void TestOciLayoutFiles::saysWhatIsMissing()
{
    const Digest layer = Digest::ofBytes("layer one");
    QVERIFY(QFile::remove(m_layout->blobPath(layer)));
    const auto blob = (*read())->blob(layer);
    QVERIFY(!blob);
    QCOMPARE(blob.error().kind, Kind::NotFound);
    QVERIFY(blob.error().message.contains(layer.encoded()));
}

void TestOciLayoutFiles::followsNoLink()
{
    const QString path = m_layout->blobPath(*m_image);
    QVERIFY(QFile::rename(path, m_layout->filePath(u"elsewhere"_s)));
    QVERIFY(QFile::link(m_layout->filePath(u"elsewhere"_s), path));
    const auto manifest = (*read())->manifest(*m_image, {});
    QVERIFY(!manifest);
    QCOMPARE(manifest.error().kind, Kind::LocalFile);
}

void TestOciLayoutFiles::refusesWhatIsNoLayout_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("another version")
        << u"oci-layout"_s << QByteArray(R"({"imageLayoutVersion":"2.0.0"})") << Kind::Unsupported;
    QTest::newRow("no version") << u"oci-layout"_s << QByteArray("{}") << Kind::Unsupported;
    QTest::newRow("no document") << u"oci-layout"_s << QByteArray("1.0.0") << Kind::Protocol;
    QTest::newRow("no list") << u"index.json"_s << QByteArray("{}") << Kind::Protocol;
    QTest::newRow("a manifest as the list")
        << u"index.json"_s << QByteArray(R"({"schemaVersion":2,"config":{},"layers":[]})")
        << Kind::Protocol;
    QTest::newRow("a list that can be read in two ways")
        << u"index.json"_s << QByteArray(R"({"schemaVersion":2,"manifests":[],"manifests":[]})")
        << Kind::Protocol;
    QTest::newRow("a list that is too large")
        << u"index.json"_s << QByteArray(largestDocument + 1, ' ') << Kind::TooLarge;
    QTest::newRow("a digest that leads out")
        << u"index.json"_s
        << QByteArray(R"({"schemaVersion":2,"manifests":[{"size":2,"digest":"sha256:../../../etc",)"
                      R"("mediaType":"application/vnd.oci.image.manifest.v1+json"}]})")
        << Kind::Protocol;
}

void TestOciLayoutFiles::refusesWhatIsNoLayout()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, bytes);
    QFETCH(const Kind, kind);
    m_layout->write(name, bytes);
    const auto files = read();
    QVERIFY(!files);
    QCOMPARE(files.error().kind, kind);
}

QTEST_GUILESS_MAIN(TestOciLayoutFiles)
#include "tst_ocilayoutfiles.moc"
