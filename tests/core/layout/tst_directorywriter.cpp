// SPDX-License-Identifier: Apache-2.0
#include "core/layout/directorywriter.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestDirectoryWriter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesManifestsUnderTheirNames();
    void namesBlobsAfterTheirDigests();
    void goesOnWithTheSameImage();
    void goesOnWithWhatIsUnfinished();
    void refusesAnotherImage();
    void refusesAFolderOfSomethingElse();
    void tellsOfOtherDigests();

private:
    static Manifest image(const QByteArray &bytes)
    {
        const ImageManifest content{
            {{}, Digest::ofBytes(QByteArray("config of " + bytes))}, {}, {}, {}, {}};
        return {bytes, MediaType::ociManifest(), Digest::ofBytes(bytes), content};
    }
    static ImageParts parts(const QByteArray &bytes) { return *ImageParts::of(image(bytes), {}); }
    [[nodiscard]] QString folder() const { return m_home->filePath(u"out"_s); }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(folder() + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestDirectoryWriter::init()
{
    m_home = std::make_unique<QTemporaryDir>();
}

void TestDirectoryWriter::writesManifestsUnderTheirNames()
{
    const Manifest child = image("child");
    const Manifest index{"index", MediaType::ociIndex(), Digest::ofBytes("index"),
                         ImageIndex{{child.descriptor()}, {}, {}, {}}};
    DirectoryWriter writer(folder(), *ImageParts::of(index, {{child.digest, child}}));
    QVERIFY(writer.open());
    QVERIFY(!QFile::exists(folder() + u"/manifest.json"_s));
    QVERIFY(writer.finish());
    QCOMPARE(content(u"version"_s), "Directory Transport Version: 1.1\n");
    QCOMPARE(content(u"manifest.json"_s), "index");
    QCOMPARE(content(child.digest.encoded() + u".manifest.json"_s), "child");
    QCOMPARE(QDir(folder()).entryList(QDir::Files | QDir::Hidden).size(), qsizetype(3));
}

void TestDirectoryWriter::namesBlobsAfterTheirDigests()
{
    const DirectoryWriter writer(u"/out"_s, parts("image"));
    QCOMPARE(writer.blobPath(Digest::ofBytes("a")), "/out/"_L1 + Digest::ofBytes("a").encoded());
    const Digest other = Digest::ofBytes("a", Hasher::Algorithm::Sha512);
    QCOMPARE(writer.blobPath(other), "/out/sha512-"_L1 + other.encoded());
}

void TestDirectoryWriter::goesOnWithTheSameImage()
{
    DirectoryWriter writer(folder(), parts("image"));
    QVERIFY(writer.open());
    QVERIFY(writer.finish());
    DirectoryWriter again(folder(), parts("image"));
    QVERIFY(again.open());
    QVERIFY(again.finish());
    QCOMPARE(content(u"manifest.json"_s), "image");
}

void TestDirectoryWriter::goesOnWithWhatIsUnfinished()
{
    DirectoryWriter writer(folder(), parts("image"));
    QVERIFY(writer.open());
    DirectoryWriter other(folder(), parts("newer image"));
    QVERIFY(other.open());
}

void TestDirectoryWriter::refusesAnotherImage()
{
    DirectoryWriter writer(folder(), parts("image"));
    QVERIFY(writer.open());
    QVERIFY(writer.finish());
    for (const char *bytes : {"other", "a longer image"}) {
        const auto opened = DirectoryWriter(folder(), parts(bytes)).open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, Error::Kind::LocalFile);
    }
    QCOMPARE(content(u"manifest.json"_s), "image");
}

void TestDirectoryWriter::refusesAFolderOfSomethingElse()
{
    QVERIFY(QDir().mkpath(folder()));
    QFile precious(folder() + u"/.precious"_s);
    QVERIFY(precious.open(QIODevice::WriteOnly));
    const auto opened = DirectoryWriter(folder(), parts("image")).open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::LocalFile);
    QVERIFY(!QFile::exists(folder() + u"/version"_s));
}

void TestDirectoryWriter::tellsOfOtherDigests()
{
    Manifest manifest = image("image");
    std::get<ImageManifest>(manifest.content).config.digest =
        Digest::ofBytes("config", Hasher::Algorithm::Sha512);
    DirectoryWriter writer(folder(), *ImageParts::of(manifest, {}));
    QVERIFY(writer.open());
    QCOMPARE(content(u"version"_s), "Directory Transport Version: 1.2\n");
}

QTEST_GUILESS_MAIN(TestDirectoryWriter)
#include "tst_directorywriter.moc"
