// SPDX-License-Identifier: Apache-2.0
#include "core/layout/ocilayoutwriter.h"
#include "support/realregistry.h"
#include "support/testimages.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestOciLayoutWriter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesWhatTheSpecificationAsksFor();
    void givesOneManifestSeveralNames();
    void isNoLayoutBeforeItIsFinished();
    void storesABlobOnce();
    void storesEachAlgorithmInAFolderOfItsOwn();
    void refusesBytesThatAreNotWhatTheDigestSays();
    void takesAnEmptyFolder();
    void refusesAFolderWithSomethingInIt_data();
    void refusesAFolderWithSomethingInIt();
    void goesOnWithALayout();
    void goesOnWithALayoutThatHasNoListYet();
    void opensNothingElse_data();
    void opensNothingElse();
    void repairsADamagedBlob();
    void removesWhatWasLeftBehind();
    void saysWhyTheFolderCannotBeMade();
    void isReadByOthers();

private:
    [[nodiscard]] QString folder() const { return m_home->filePath(u"layout"_s); }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(folder() + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(folder() + u'/' + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    static Descriptor manifestOf(const QByteArray &bytes)
    {
        return {MediaType::ociManifest(), Digest::ofBytes(bytes), bytes.size()};
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestOciLayoutWriter::init()
{
    m_home = std::make_unique<QTemporaryDir>();
}

void TestOciLayoutWriter::writesWhatTheSpecificationAsksFor()
{
    OciLayoutWriter writer(folder());
    QVERIFY(writer.create());
    const Descriptor manifest = manifestOf("{}");
    QVERIFY(writer.addBlob(manifest.digest, "{}"));
    writer.addReference(manifest, u"1.0"_s);
    QVERIFY(writer.finish());
    QCOMPARE(content(u"oci-layout"_s), R"({"imageLayoutVersion":"1.0.0"})");
    QCOMPARE(content("blobs/sha256/"_L1 + manifest.digest.encoded()), "{}");
    const QJsonObject entry{
        {u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
        {u"digest"_s, manifest.digest.toString()},
        {u"size"_s, 2},
        {u"annotations"_s, QJsonObject{{u"org.opencontainers.image.ref.name"_s, u"1.0"_s}}}};
    QCOMPARE(QJsonDocument::fromJson(content(u"index.json"_s)).object(),
             (QJsonObject{{u"schemaVersion"_s, 2},
                          {u"mediaType"_s, u"application/vnd.oci.image.index.v1+json"_s},
                          {u"manifests"_s, QJsonArray{entry}}}));
}

void TestOciLayoutWriter::givesOneManifestSeveralNames()
{
    OciLayoutWriter writer(folder());
    QVERIFY(writer.create());
    for (const QString &name : {u"1.0"_s, u"latest"_s, QString()})
        writer.addReference(manifestOf("{}"), name);
    QVERIFY(writer.finish());
    const QJsonDocument index = QJsonDocument::fromJson(content(u"index.json"_s));
    QCOMPARE(index["manifests"_L1].toArray().size(), qsizetype(3));
    QVERIFY(index["manifests"_L1][2]["annotations"_L1].isUndefined());
}

void TestOciLayoutWriter::isNoLayoutBeforeItIsFinished()
{
    OciLayoutWriter writer(folder());
    QVERIFY(writer.create());
    QVERIFY(writer.addBlob(Digest::ofBytes("{}"), "{}"));
    writer.addReference(manifestOf("{}"), u"1.0"_s);
    QVERIFY(!QFile::exists(folder() + "/index.json"_L1));
}

void TestOciLayoutWriter::storesABlobOnce()
{
    OciLayoutWriter writer(folder());
    QVERIFY(writer.create());
    QVERIFY(writer.addBlob(Digest::ofBytes("x"), "x"));
    QVERIFY(writer.addBlob(Digest::ofBytes("x"), "x"));
    QCOMPARE(QDir(folder() + "/blobs/sha256"_L1).entryList(QDir::Files | QDir::Hidden).size(),
             qsizetype(1));
}

void TestOciLayoutWriter::storesEachAlgorithmInAFolderOfItsOwn()
{
    OciLayoutWriter writer(folder());
    QVERIFY(writer.create());
    const Digest digest = Digest::ofBytes("x", Hasher::Algorithm::Sha512);
    QVERIFY(writer.addBlob(digest, "x"));
    QCOMPARE(content("blobs/sha512/"_L1 + digest.encoded()), "x");
}

void TestOciLayoutWriter::refusesBytesThatAreNotWhatTheDigestSays()
{
    OciLayoutWriter writer(folder());
    QVERIFY(writer.create());
    const auto added = writer.addBlob(Digest::ofBytes("right"), "wrong");
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Kind::DigestMismatch);
    QCOMPARE(content("blobs/sha256/"_L1 + Digest::ofBytes("right").encoded()), "");
}

void TestOciLayoutWriter::takesAnEmptyFolder()
{
    QVERIFY(QDir().mkdir(folder()));
    QVERIFY(OciLayoutWriter(folder()).create());
}

void TestOciLayoutWriter::refusesAFolderWithSomethingInIt_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("a file") << u"precious"_s;
    QTest::newRow("a hidden file") << u".precious"_s;
    QTest::newRow("a layout") << u"oci-layout"_s;
}

void TestOciLayoutWriter::refusesAFolderWithSomethingInIt()
{
    QFETCH(const QString, name);
    QVERIFY(QDir().mkdir(folder()));
    QFile file(folder() + u'/' + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    const auto created = OciLayoutWriter(folder()).create();
    QVERIFY(!created);
    QCOMPARE(created.error().kind, Kind::LocalFile);
    QCOMPARE(content(name), "mine");
    QCOMPARE(QDir(folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{name});
}

void TestOciLayoutWriter::goesOnWithALayout()
{
    OciLayoutWriter first(folder());
    QVERIFY(first.open());
    first.addReference(manifestOf("old"), u"1.0"_s);
    first.addReference(manifestOf("other"), u"2.0"_s);
    QVERIFY(first.finish());
    QJsonObject index = QJsonDocument::fromJson(content(u"index.json"_s)).object();
    index.insert(u"annotations"_s, QJsonObject{{u"of"_s, u"others"_s}});
    write(u"index.json"_s, QJsonDocument(index).toJson());

    OciLayoutWriter second(folder());
    QVERIFY(second.open());
    second.addReference(manifestOf("new"), u"1.0"_s);
    QVERIFY(second.finish());
    const QJsonDocument now = QJsonDocument::fromJson(content(u"index.json"_s));
    QCOMPARE(now["annotations"_L1]["of"_L1].toString(), u"others"_s);
    QCOMPARE(now["manifests"_L1].toArray().size(), qsizetype(2));
    QCOMPARE(now["manifests"_L1][0]["digest"_L1].toString(), manifestOf("other").digest.toString());
    QCOMPARE(now["manifests"_L1][1]["digest"_L1].toString(), manifestOf("new").digest.toString());
}

void TestOciLayoutWriter::goesOnWithALayoutThatHasNoListYet()
{
    QVERIFY(OciLayoutWriter(folder()).create());
    OciLayoutWriter writer(folder());
    QVERIFY(writer.open());
    QVERIFY(writer.finish());
    QVERIFY(QFile::exists(folder() + "/index.json"_L1));
}

void TestOciLayoutWriter::opensNothingElse_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray layout = R"({"imageLayoutVersion":"1.0.0"})";
    QTest::newRow("a file") << u"precious"_s << QByteArray("mine");
    QTest::newRow("another version")
        << u"oci-layout"_s << QByteArray(R"({"imageLayoutVersion":"2.0.0"})");
    QTest::newRow("no document") << u"oci-layout"_s << QByteArray("mine");
    QTest::newRow("a list that cannot be read")
        << u"index.json"_s << QByteArray("{\"manifests\":[");
    QTest::newRow("a list that is none") << u"index.json"_s << QByteArray("{\"manifests\":1}");
    QTest::newRow("a list that is too large")
        << u"index.json"_s << QByteArray("{\"manifests\":[]}" + QByteArray(5'000'000, ' '));
}

void TestOciLayoutWriter::opensNothingElse()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, bytes);
    if (name == u"index.json"_s)
        QVERIFY(OciLayoutWriter(folder()).create());
    QVERIFY(QDir().mkpath(folder()));
    write(name, bytes);
    const auto opened = OciLayoutWriter(folder()).open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Kind::LocalFile);
    QCOMPARE(content(name), bytes);
}

void TestOciLayoutWriter::repairsADamagedBlob()
{
    OciLayoutWriter writer(folder());
    QVERIFY(writer.create());
    const Digest digest = Digest::ofBytes("x");
    QVERIFY(writer.addBlob(digest, "x"));
    write("blobs/sha256/"_L1 + digest.encoded(), "y");
    QVERIFY(writer.addBlob(digest, "x"));
    QCOMPARE(content("blobs/sha256/"_L1 + digest.encoded()), "x");
    QCOMPARE(writer.blobPath(digest), folder() + "/blobs/sha256/"_L1 + digest.encoded());
}

void TestOciLayoutWriter::removesWhatWasLeftBehind()
{
    OciLayoutWriter writer(folder());
    QVERIFY(writer.create());
    QVERIFY(writer.addBlob(Digest::ofBytes("x"), "x"));
    write(u"blobs/sha256/.abc.1234.part"_s, "half");
    write(u"blobs/sha256/mine.part"_s, "mine");
    for (const char *name : {"index", "missing-blobs", "mine"})
        write(u".%1.json.1234.part"_s.arg(QString::fromLatin1(name)), "half");
    writer.removeParts();
    QCOMPARE(QDir(folder()).entryList({u".*.part"_s}, QDir::Files | QDir::Hidden),
             QStringList{u".mine.json.1234.part"_s});
    QCOMPARE(QDir(folder() + "/blobs/sha256"_L1).entryList(QDir::Files | QDir::Hidden),
             QStringList({Digest::ofBytes("x").encoded(), u"mine.part"_s}));
}

void TestOciLayoutWriter::saysWhyTheFolderCannotBeMade()
{
    QFile file(folder()); // A file has the name.
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto created = OciLayoutWriter(folder()).create();
    QVERIFY(!created);
    QCOMPARE(created.error().kind, Kind::LocalFile);
    QVERIFY2(created.error().message.contains(u"layout"_s), qPrintable(created.error().message));
}

void TestOciLayoutWriter::isReadByOthers()
{
    if (QStandardPaths::findExecutable(u"skopeo"_s).isEmpty())
        QSKIP("skopeo is not here");
    FakeRegistry registry; // Only makes the documents.
    const QByteArray bytes = TestImages::image(registry, u"a"_s, {.layers = {"layer"}});
    const Digest layer = Digest::ofBytes("layer");
    const QJsonDocument manifest = QJsonDocument::fromJson(bytes);
    const auto config = Digest::parse(manifest["config"_L1]["digest"_L1].toString());
    QVERIFY(config);
    OciLayoutWriter writer(folder());
    QVERIFY(writer.create());
    QVERIFY(writer.addBlob(Digest::ofBytes(bytes), bytes));
    QVERIFY(writer.addBlob(*config, registry.blobBytes(u"a"_s, *config)));
    QVERIFY(writer.addBlob(layer, "layer"));
    writer.addReference(manifestOf(bytes), u"1.0"_s);
    writer.addReference(manifestOf(bytes), u"latest"_s);
    QVERIFY(writer.finish());
    for (const QString &name : {u"1.0"_s, u"latest"_s}) {
        const QString source = "oci:"_L1 + folder() + u':' + name;
        const auto raw = runProcess(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, source});
        QVERIFY2(raw.exitStatus == 0, raw.errors.constData());
        QCOMPARE(raw.output, bytes);
        const auto read = runProcess(u"skopeo"_s, {u"inspect"_s, source});
        QVERIFY2(read.exitStatus == 0, read.errors.constData());
        QCOMPARE(QJsonDocument::fromJson(read.output)["Layers"_L1].toArray(),
                 QJsonArray{layer.toString()});
    }
}

QTEST_GUILESS_MAIN(TestOciLayoutWriter)
#include "tst_ocilayoutwriter.moc"
