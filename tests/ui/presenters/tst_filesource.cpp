// SPDX-License-Identifier: Apache-2.0
#include "support/gzip.h"
#include "support/testarchive.h"
#include "support/testlayout.h"
#include "support/uitest.h"
#include "support/writtenfile.h"
#include "support/zstd.h"
#include "ui/presenters/filesource.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestFileSource : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsNothingBeforeItIsAskedTo();
    void understandsAFolder();
    void understandsAnArchive();
    void understandsWhatDockerSaves();
    void putsSeveralFilesTogether();
    void takesOneLayerForAnImage_data();
    void takesOneLayerForAnImage();
    void makesTheImageForAnotherPlatform();
    void refusesALayerThatLeadsOut();
    void namesWhatHoldsNoImages_data();
    void namesWhatHoldsNoImages();
    void goesOnAfterWhatHoldsNoImages();
    void tellsHowFarItIs();
    void stopsWithItsOwner();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes) const
    {
        return writtenFile(m_folder->filePath(name), bytes);
    }
    [[nodiscard]] QString dockerArchive(const QString &name) const
    {
        return write(name, TestArchive()
                               .add("c", R"({"os":"linux","architecture":"amd64"})")
                               .add("manifest.json", R"([{"Config":"c","RepoTags":["team/app:1"],)"
                                                     R"("Layers":[]},{"Config":"c",)"
                                                     R"("RepoTags":["team/app:2"],"Layers":[]}])")
                               .bytes());
    }
    void read(const QStringList &paths);

    FakeRegistry m_registry; ///< Only makes the documents.
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestLayout> m_layout;
    std::unique_ptr<FileSource> m_source;
};

void TestFileSource::init()
{
    m_source.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_layout = std::make_unique<TestLayout>();
    m_layout->save(m_registry, u"a"_s,
                   {{u"1.0"_s, TestImages::addIndex(m_registry, u"a"_s, u"1"_s)}});
}

void TestFileSource::read(const QStringList &paths)
{
    m_source = std::make_unique<FileSource>(paths);
    m_source->read();
    QTRY_VERIFY(!m_source->isReading());
}

void TestFileSource::readsNothingBeforeItIsAskedTo()
{
    const FileSource source({m_layout->path()});
    QVERIFY(source.isReading());
    QVERIFY(source.images().isEmpty());
    QVERIFY(source.description().contains(u"My Layout"_s));
}

void TestFileSource::understandsAFolder()
{
    read({m_layout->path() + u'/'});
    QCOMPARE(m_source->kind(), ImageSource::Kind::Files);
    QVERIFY2(m_source->description().contains(u"OCI layout with 1 "_s),
             qPrintable(m_source->description()));
    QCOMPARE(m_source->images().size(), qsizetype(1));
    const SourceImage &image = m_source->images().first();
    QCOMPARE(image.tag()->toString(), u"1.0"_s);
    QCOMPARE(image.repository.toString(), u"my-layout"_s);
    QCOMPARE(image.from, u"My Layout"_s);
    QVERIFY(m_source->failures().isEmpty());
}

void TestFileSource::understandsAnArchive()
{
    read({write(u"misleading.txt"_s, TestArchive().addFolder(m_layout->path()).bytes())});
    QVERIFY(m_source->description().contains(u"misleading.txt"_s));
    QVERIFY2(m_source->description().contains(u"OCI archive with 1 "_s),
             qPrintable(m_source->description()));
}

void TestFileSource::understandsWhatDockerSaves()
{
    read({dockerArchive(u"bundle.tar"_s)});
    QVERIFY2(m_source->description().contains(u"Docker archive with 2 "_s),
             qPrintable(m_source->description()));
    QCOMPARE(m_source->images().size(), qsizetype(2));
    QCOMPARE(m_source->images().last().name, u"team/app:2"_s);
    QCOMPARE(m_source->images().last().tag()->toString(), u"2"_s);
}

void TestFileSource::putsSeveralFilesTogether()
{
    read({m_layout->path(), dockerArchive(u"bundle.tar"_s)});
    QCOMPARE(m_source->images().size(), qsizetype(3));
    QVERIFY2(m_source->description().contains(u"2 file"_s)
                 && m_source->description().contains(u"3 image"_s),
             qPrintable(m_source->description()));
}

void TestFileSource::takesOneLayerForAnImage_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("guess");
    const QByteArray tar = TestArchive().add("etc/a", "a").add("etc/b", "b").bytes();
    QTest::newRow("plain") << tar << u": a tar, looks like a layer of 2 files"_s;
    QTest::newRow("gzip") << gzipped(tar) << u": a gzip tar, looks like a layer of 2 files"_s;
    QTest::newRow("zstd") << zstdCompressed(tar)
                          << u": a zstd tar, looks like a layer of 2 files"_s;
}

void TestFileSource::takesOneLayerForAnImage()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, guess);
    read({write(u"patch"_s, content)});
    QVERIFY2(m_source->description().contains(guess), qPrintable(m_source->description()));
    QVERIFY(m_source->failures().isEmpty() && m_source->isMade() && m_source->isLayerAlone());
    QCOMPARE(m_source->content(), u"etc/a\netc/b"_s);
    QCOMPARE(m_source->images().size(), qsizetype(1));
    const SourceImage &image = m_source->images().first();
    QVERIFY(!image.tag() && image.making);
    QCOMPARE(image.from, u"patch"_s);
}

void TestFileSource::makesTheImageForAnotherPlatform()
{
    read({write(u"patch"_s, TestArchive().add("a", "b").bytes())});
    const Reference native = m_source->images().first().reference;
    LayerWishes wishes;
    m_source->setWishes(wishes);
    QVERIFY(!m_source->isReading()); // It is what they say already.
    wishes.platform = *Platform::parse(u"linux/s390x"_s);
    m_source->setWishes(wishes);
    QVERIFY(m_source->isReading() && m_source->images().isEmpty());
    QTRY_VERIFY(!m_source->isReading());
    QCOMPARE(m_source->images().size(), qsizetype(1));
    QVERIFY(m_source->images().first().reference != native);
}

void TestFileSource::refusesALayerThatLeadsOut()
{
    read({write(u"bad"_s, TestArchive().add("../x", "x").bytes())});
    QVERIFY(m_source->images().isEmpty() && !m_source->isMade());
    QCOMPARE(m_source->failures().size(), qsizetype(1));
    const QString message = m_source->failures().first().message;
    QVERIFY2(message.contains(u"leads out of the image"_s), qPrintable(message));
}

void TestFileSource::namesWhatHoldsNoImages_data() // UPL-30
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("Good morning.");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a damaged archive") << gzipped(TestArchive().add("a", "b").bytes()).chopped(20);
}

void TestFileSource::namesWhatHoldsNoImages()
{
    QFETCH(const QByteArray, content);
    read({write(u"greeting"_s, content)});
    QVERIFY(m_source->images().isEmpty());
    QCOMPARE(m_source->failures().size(), qsizetype(1));
    const QString message = m_source->failures().first().message;
    QVERIFY2(message.contains(u"greeting"_s), qPrintable(message));
}

void TestFileSource::goesOnAfterWhatHoldsNoImages()
{
    read({write(u"greeting"_s, "Good morning."), m_folder->filePath(u"gone"_s), m_layout->path()});
    QCOMPARE(m_source->images().size(), qsizetype(1));
    QCOMPARE(m_source->failures().size(), qsizetype(2));
}

void TestFileSource::tellsHowFarItIs()
{
    const QString path =
        write(u"a.tar.gz"_s, gzipped(TestArchive().addFolder(m_layout->path()).bytes()));
    m_source = std::make_unique<FileSource>(QStringList{path});
    const QSignalSpy progressed(m_source.get(), &ImageSource::progressed);
    m_source->read();
    m_source->read(); // Once is enough.
    QTRY_VERIFY(!m_source->isReading());
    QVERIFY(!progressed.isEmpty());
    QCOMPARE(m_source->images().size(), qsizetype(1));
}

void TestFileSource::stopsWithItsOwner()
{
    m_source = std::make_unique<FileSource>(QStringList{m_layout->path()});
    m_source->read();
    m_source.reset();
    QCoreApplication::processEvents();
}

LONGSHORE_UI_TEST(TestFileSource)
#include "tst_filesource.moc"
