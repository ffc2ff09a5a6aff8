// SPDX-License-Identifier: Apache-2.0
#include "core/layout/dockerarchivefiles.h"
#include "core/layout/tartree.h"
#include "support/gzip.h"
#include "support/testarchive.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestDockerArchiveFiles : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void knowsItsList();
    void makesAManifest();
    void knowsWhichImagesHavePlainLayers();
    void namesImages();
    void readsSeveralImages();
    void followsTheLinksOfOldVersions(); // UPL-32
    void takesCompressedLayers_data();
    void takesCompressedLayers();
    void refusesWhatDoesNotUnpackToTheImage();
    void checksConfigurationsByTheirNames_data();
    void checksConfigurationsByTheirNames();
    void stopsWhenCancelled();
    void saysWhatIsWrong_data(); // UPL-32
    void saysWhatIsWrong();

private:
    using Files = Result<std::shared_ptr<const ImageFiles>>;

    [[nodiscard]] std::shared_ptr<const TarTree> tree(const TestArchive &archive) const
    {
        QFile file(m_folder->filePath(u"archive"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(archive.bytes()) < 0)
            qFatal("cannot write");
        file.close();
        return *TarTree::scan(FileSlice::whole(*ReadableFile::open(file.fileName())),
                              CancelFlag(false));
    }
    [[nodiscard]] Files read(const TestArchive &archive) const
    {
        return DockerArchiveFiles::read(tree(archive), CancelFlag(false));
    }
    static QByteArray config(const QList<QByteArray> &layers,
                             Hasher::Algorithm algorithm = Hasher::Algorithm::Sha256)
    {
        QJsonArray diffIds;
        for (const QByteArray &layer : layers)
            diffIds.append(Digest::ofBytes(layer, algorithm).toString());
        return QJsonDocument(QJsonObject{{u"architecture"_s, u"amd64"_s},
                                         {u"os"_s, u"linux"_s},
                                         {u"rootfs"_s, QJsonObject{{u"type"_s, u"layers"_s},
                                                                   {u"diff_ids"_s, diffIds}}}})
            .toJson(QJsonDocument::Compact);
    }
    static QByteArray entry(const QString &configName, const QJsonValue &names,
                            const QStringList &layers)
    {
        return QJsonDocument(QJsonObject{{u"Config"_s, configName},
                                         {u"RepoTags"_s, names},
                                         {u"Layers"_s, QJsonArray::fromStringList(layers)}})
            .toJson(QJsonDocument::Compact);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    const QByteArray m_config = config({"first", "second"});
    const QStringList m_layers{u"1.tar"_s, u"2/layer.tar"_s};
    const QByteArray m_list = '[' + entry(u"c.json"_s, QJsonArray{u"team/app:1"_s}, m_layers) + ']';
    TestArchive m_archive;
};

void TestDockerArchiveFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_archive = TestArchive().add("1.tar", "first").add("2/layer.tar", "second");
    m_archive.add("c.json", m_config);
}

void TestDockerArchiveFiles::knowsItsList()
{
    QVERIFY(!DockerArchiveFiles::isIn(*tree(m_archive)));
    TestArchive complete = m_archive;
    QVERIFY(DockerArchiveFiles::isIn(*tree(complete.add("manifest.json", m_list))));
    // skopeo's "dir:" has a file of that name, too.
    QVERIFY(!DockerArchiveFiles::isIn(
        *tree(TestArchive().add("manifest.json", R"({"schemaVersion":2})"))));
}

void TestDockerArchiveFiles::makesAManifest()
{
    const auto files = read(m_archive.add("manifest.json", m_list));
    QVERIFY2(files, files ? "" : qPrintable(files.error().message));
    QCOMPARE((*files)->images().size(), qsizetype(1));
    const Digest digest = (*files)->images().first().manifest.digest;
    const auto manifest = (*files)->manifest(digest, MediaType::ociManifest());
    QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().message));
    const ImageManifest *image = manifest->image();
    QVERIFY(image);
    QCOMPARE(image->config.digest, Digest::ofBytes(m_config));
    QCOMPARE(image->config.mediaType.kind(), MediaType::Kind::ImageConfig);
    QCOMPARE(image->layers.size(), qsizetype(2));
    QCOMPARE(image->layers[1].digest, Digest::ofBytes("second"));
    QCOMPARE(image->layers[1].size, qint64(6));
    QCOMPARE(image->layers[1].mediaType.toString(), u"application/vnd.oci.image.layer.v1.tar"_s);
    QCOMPARE(*(*files)->blob(image->layers[0].digest)->readAll(10), "first");
    QCOMPARE(*(*files)->blob(image->config.digest)->readAll(1000), m_config);
    QCOMPARE((*files)->blob(Digest::ofBytes("x")).error().kind, Kind::NotFound);
    QCOMPARE((*files)->document(Digest::ofBytes("x")).error().kind, Kind::NotFound);
}

void TestDockerArchiveFiles::knowsWhichImagesHavePlainLayers()
{
    const auto entryOf = [](const QString &layer) {
        return entry(u"c.json"_s, QJsonArray{u"a:1"_s, u"a:2"_s}, {layer, u"2.tar.gz"_s});
    };
    const auto files = read(
        TestArchive()
            .add("c.json", config({"first", "second"}))
            .add("1.tar", "first")
            .add("1.tar.gz", gzipped("first"))
            .add("2.tar.gz", gzipped("second"))
            .add("manifest.json", '[' + entryOf(u"1.tar"_s) + ',' + entryOf(u"1.tar.gz"_s) + ']'));
    QVERIFY2(files, files ? "" : qPrintable(files.error().message));
    QList<bool> plain;
    for (const StoredImage &image : (*files)->images())
        plain.append(image.hasPlainLayers);
    QCOMPARE(plain, (QList<bool>{true, true, false, false}));
    // What cannot be compressed on its way is not offered.
    m_archive.add("d.json", config({"first", "second"}, Hasher::Algorithm::Sha512));
    const auto other = read(m_archive.add(
        "manifest.json", '[' + entry(u"d.json"_s, QJsonArray{u"a:1"_s}, m_layers) + ']'));
    QVERIFY2(other, other ? "" : qPrintable(other.error().message));
    QVERIFY(!(*other)->images().first().hasPlainLayers);
}

void TestDockerArchiveFiles::namesImages()
{
    const auto namesOf = [this](const QJsonValue &names) {
        TestArchive archive = m_archive;
        const auto files =
            read(archive.add("manifest.json", '[' + entry(u"c.json"_s, names, m_layers) + ']'));
        QStringList result;
        for (const StoredImage &image : files ? (*files)->images() : QList<StoredImage>())
            result.append(image.name);
        return result;
    };
    QCOMPARE(namesOf({}), QStringList{QString()});
    QCOMPARE(namesOf(QJsonArray()), QStringList{QString()});
    QCOMPARE(namesOf(QJsonArray{u"app:1"_s, u"lab:5000/app:2"_s}),
             QStringList({u"app:1"_s, u"lab:5000/app:2"_s}));
}

void TestDockerArchiveFiles::readsSeveralImages()
{
    m_archive.add("d.json", config({"first"}));
    const auto files = read(m_archive.add(
        "manifest.json", '[' + entry(u"c.json"_s, QJsonArray{u"a:1"_s}, m_layers) + ','
                             + entry(u"d.json"_s, QJsonArray{u"a:2"_s}, {u"1.tar"_s}) + ']'));
    QVERIFY2(files, files ? "" : qPrintable(files.error().message));
    QCOMPARE((*files)->images().size(), qsizetype(2));
    QVERIFY((*files)->images()[0].manifest.digest != (*files)->images()[1].manifest.digest);
}

void TestDockerArchiveFiles::followsTheLinksOfOldVersions()
{
    m_archive.addLink("3/layer.tar", "../1.tar").add("d.json", config({"first", "first"}));
    const auto files = read(m_archive.add(
        "manifest.json", '[' + entry(u"d.json"_s, {}, {u"1.tar"_s, u"3/layer.tar"_s}) + ']'));
    QVERIFY2(files, files ? "" : qPrintable(files.error().message));
    QCOMPARE(*(*files)->blob(Digest::ofBytes("first"))->readAll(10), "first");
}

void TestDockerArchiveFiles::takesCompressedLayers_data()
{
    QTest::addColumn<QByteArray>("layer");
    QTest::addColumn<QString>("mediaType");
    const QString plain = u"application/vnd.oci.image.layer.v1.tar"_s;
    QTest::newRow("gzip") << gzipped("inside") << QString(plain + u"+gzip"_s);
    QTest::newRow("zstd") << zstdStored("inside") << QString(plain + u"+zstd"_s);
}

void TestDockerArchiveFiles::takesCompressedLayers()
{
    QFETCH(const QByteArray, layer);
    QFETCH(const QString, mediaType);
    // crane writes a colon.
    const auto files =
        read(TestArchive()
                 .add("a.tar.gz", layer)
                 .add("sha256:c", config({"inside"}))
                 .add("manifest.json", '[' + entry(u"sha256:c"_s, {}, {u"a.tar.gz"_s}) + ']'));
    QVERIFY2(files, files ? "" : qPrintable(files.error().message));
    const auto manifest = (*files)->manifest((*files)->images().first().manifest.digest, {});
    QVERIFY(manifest);
    const Descriptor &described = manifest->image()->layers.first();
    QCOMPARE(described.digest, Digest::ofBytes(layer));
    QCOMPARE(described.mediaType.toString(), mediaType);
    QCOMPARE(*(*files)->blob(described.digest)->readAll(1000), layer);
}

void TestDockerArchiveFiles::refusesWhatDoesNotUnpackToTheImage()
{
    const auto files = read(TestArchive()
                                .add("a", gzipped("outside"))
                                .add("c", config({"inside"}))
                                .add("manifest.json", '[' + entry(u"c"_s, {}, {u"a"_s}) + ']'));
    QVERIFY(!files);
    QCOMPARE(files.error().kind, Kind::DigestMismatch);
}

void TestDockerArchiveFiles::checksConfigurationsByTheirNames_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("behind");
    QTest::newRow("docker") << QString() << u".json"_s;
    QTest::newRow("crane") << u"sha256:"_s << QString();
    QTest::newRow("layout") << u"blobs/sha256/"_s << QString();
}

void TestDockerArchiveFiles::checksConfigurationsByTheirNames()
{
    QFETCH(const QString, before);
    QFETCH(const QString, behind);
    const auto readAs = [&](const QByteArray &bytes) {
        const QString name = before + Digest::ofBytes(bytes).encoded() + behind;
        TestArchive archive = m_archive;
        archive.add(name.toUtf8(), m_config);
        return read(archive.add("manifest.json", '[' + entry(name, {}, m_layers) + ']'));
    };
    QVERIFY(readAs(m_config));
    const auto damaged = readAs(m_config + ' ');
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().kind, Kind::DigestMismatch);
}

void TestDockerArchiveFiles::stopsWhenCancelled()
{
    const auto files =
        DockerArchiveFiles::read(tree(m_archive.add("manifest.json", m_list)), CancelFlag(true));
    QVERIFY(!files);
    QVERIFY(files.error().isCancelled());
}

void TestDockerArchiveFiles::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("word");
    const auto one = [](const QString &configName, const QStringList &layers) {
        return QByteArray('[' + entry(configName, {}, layers) + ']');
    };
    QTest::newRow("no document") << QByteArray("[") << Kind::LocalFile << u"manifest.json"_s;
    QTest::newRow("no list") << QByteArray("{}") << Kind::LocalFile << u"manifest.json"_s;
    QTest::newRow("no image") << QByteArray("[1]") << Kind::NotFound << QString();
    QTest::newRow("too many images") << QByteArray('[' + QByteArray("{},").repeated(10'000) + "{}]")
                                     << Kind::TooLarge << QString();
    QTest::newRow("too large") << QByteArray("[" + QByteArray(largestDocument, ' ') + "]")
                               << Kind::TooLarge << QString();
    QTest::newRow("no configuration")
        << one(u"other.json"_s, m_layers) << Kind::NotFound << u"other.json"_s;
    QTest::newRow("a configuration that is none")
        << one(u"1.tar"_s, m_layers) << Kind::Protocol << QString();
    QTest::newRow("a layer is missing")
        << one(u"c.json"_s, {u"1.tar"_s, u"gone.tar"_s}) << Kind::NotFound << u"gone.tar"_s;
    QTest::newRow("a layer leads out")
        << one(u"c.json"_s, {u"1.tar"_s, u"../../etc/passwd"_s}) << Kind::NotFound << u"passwd"_s;
    QTest::newRow("a layer too few")
        << one(u"c.json"_s, {u"1.tar"_s}) << Kind::LocalFile << u"1 layers"_s;
    QTest::newRow("read in two ways")
        << QByteArray(R"([{"Config":"c.json","Config":"d.json","Layers":[]}])") << Kind::LocalFile
        << u"manifest.json"_s;
}

void TestDockerArchiveFiles::saysWhatIsWrong()
{
    QFETCH(const QByteArray, list);
    QFETCH(const Kind, kind);
    QFETCH(const QString, word);
    const auto files = read(m_archive.add("manifest.json", list));
    QVERIFY(!files);
    QCOMPARE(files.error().kind, kind);
    QVERIFY2(files.error().message.contains(word), qPrintable(files.error().message));
}

QTEST_GUILESS_MAIN(TestDockerArchiveFiles)
#include "tst_dockerarchivefiles.moc"
