// SPDX-License-Identifier: Apache-2.0
#include "core/layout/tartree.h"
#include "support/testarchive.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Header = TestArchive::Header;

class TestTarTree : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsFilesInPlace();
    void readsLongNames();
    void readsWhatTarWrites_data();
    void readsWhatTarWrites();
    void followsLinksInside();
    void neverLeadsOut_data(); // UPL-32
    void neverLeadsOut();
    void refusesOneOfTwo(); // UPL-32
    void opensNothingButFiles_data();
    void opensNothingButFiles();
    void readsNoSparseFiles();
    void endsWhereTheArchiveEnds();
    void refusesWhatIsNoArchive_data();
    void refusesWhatIsNoArchive();
    void hasALimit();
    void stopsWhenCancelled();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"archive"_s); }
    [[nodiscard]] Result<std::shared_ptr<const TarTree>> read(const QByteArray &bytes) const
    {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return Error{};
        file.close();
        return open();
    }
    [[nodiscard]] Result<std::shared_ptr<const TarTree>> open() const
    {
        return TarTree::scan(FileSlice::whole(*ReadableFile::open(path())), CancelFlag(false));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTarTree::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestTarTree::readsFilesInPlace()
{
    const QByteArray large(300'000, 'x');
    const auto tree = read(TestArchive()
                               .add("one", "first")
                               .add(Header{"folder/", '5'}, {})
                               .add("./folder//two", large)
                               .add("empty", {})
                               .bytes());
    QVERIFY2(tree, tree ? "" : qPrintable(tree.error().message));
    QCOMPARE(*(*tree)->read(u"one"_s), "first");
    QVERIFY(*(*tree)->read(u"folder/two"_s) == large);
    QVERIFY(*(*tree)->read(u"./folder/two"_s) == large);
    QCOMPARE(*(*tree)->read(u"empty"_s), "");
    QCOMPARE((*tree)->open(u"folder"_s).error().kind, Kind::NotFound);
    QCOMPARE((*tree)->open(u"three"_s).error().kind, Kind::NotFound);
    const auto slice = (*tree)->open(u"folder/two"_s);
    QCOMPARE(slice->file->name(), path());
    QVERIFY(slice->offset % 512 == 0);
}

void TestTarTree::readsLongNames()
{
    const QByteArray longName = "a/" + QByteArray(150, 'b');
    const QByteArray record = " path=c/" + QByteArray(150, 'd') + "\n";
    const auto tree =
        read(TestArchive()
                 .add(Header{"././@LongLink", 'L'}, longName + '\0')
                 .add("short", "GNU")
                 .add(Header{"pax", 'x'}, QByteArray::number(record.size() + 3) + record)
                 .add("short", "POSIX")
                 .bytes());
    QVERIFY2(tree, tree ? "" : qPrintable(tree.error().detail));
    QCOMPARE(*(*tree)->read(QString::fromLatin1(longName)), "GNU");
    QCOMPARE(*(*tree)->read(u"c/"_s + QString(150, u'd')), "POSIX");
    QVERIFY(!(*tree)->contains(u"short"_s));
}

void TestTarTree::readsWhatTarWrites_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"v7", "ustar", "gnu", "posix"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void TestTarTree::readsWhatTarWrites()
{
    QFETCH(const QString, format);
    if (QStandardPaths::findExecutable(u"tar"_s).isEmpty())
        QSKIP("tar is not here");
    for (int i = 0; i < 20; ++i) {
        QFile file(m_folder->filePath(u"file%1"_s.arg(i)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(i * 700, char('a' + i)));
    }
    QStringList arguments{u"--format=%1"_s.arg(format), u"-C"_s, m_folder->path(), u"-cf"_s,
                          path()};
    for (int i = 0; i < 20; ++i)
        arguments.append(u"./file%1"_s.arg(i));
    QCOMPARE(QProcess::execute(u"tar"_s, arguments), 0);
    const auto tree = open();
    QVERIFY2(tree, tree ? "" : qPrintable(tree.error().detail));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(*(*tree)->read(u"file%1"_s.arg(i)), QByteArray(i * 700, char('a' + i)));
}

void TestTarTree::followsLinksInside()
{
    const auto tree = read(TestArchive()
                               .addLink("old/layer.tar", "../layer.tar")
                               .addLink("twice", "old/layer.tar")
                               .add("layer.tar", "layer")
                               .add(Header{"hard", '1', "layer.tar"}, {})
                               .bytes());
    QVERIFY(tree);
    for (const QString &name : {u"old/layer.tar"_s, u"twice"_s, u"hard"_s})
        QCOMPARE(*(*tree)->read(name), "layer");
}

void TestTarTree::neverLeadsOut_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    const QString up = u"../secret"_s;
    QTest::newRow("up") << TestArchive().add("../secret", "x").bytes() << up;
    QTest::newRow("down and up") << TestArchive().add("a/../../secret", "x").bytes() << up;
    QTest::newRow("up inside") << TestArchive().add("a/../secret", "x").bytes() << u"secret"_s;
    QTest::newRow("absolute") << TestArchive().add("/secret", "x").bytes() << u"/secret"_s;
    QTest::newRow("absolute, asked for without")
        << TestArchive().add("/secret", "x").bytes() << u"secret"_s;
    QTest::newRow("link up") << TestArchive().addLink("a", "../secret").bytes() << u"a"_s;
    QTest::newRow("absolute link") << TestArchive().addLink("a", "/etc/passwd").bytes() << u"a"_s;
    QTest::newRow("hard link up") << TestArchive().add(Header{"a", '1', "../secret"}, {}).bytes()
                                  << u"a"_s;
    QTest::newRow("link through a link")
        << TestArchive().addLink("out", "/etc").addLink("a", "out/passwd").bytes() << u"a"_s;
    QTest::newRow("links in a circle")
        << TestArchive().addLink("a", "b").addLink("b", "a").bytes() << u"a"_s;
    QTest::newRow("only asked for") << TestArchive().add("a", "x").bytes() << up;
}

void TestTarTree::neverLeadsOut()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, name);
    QFile secret(m_folder->filePath(u"secret"_s));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    const auto tree = read(bytes);
    QVERIFY(tree);
    QVERIFY(!(*tree)->open(name));
}

void TestTarTree::refusesOneOfTwo()
{
    const auto tree = read(
        TestArchive().add("index.json", "one").add("./index.json", "two").add("a", "x").bytes());
    QVERIFY(tree);
    const auto two = (*tree)->open(u"index.json"_s);
    QVERIFY(!two);
    QCOMPARE(two.error().kind, Kind::LocalFile);
    QCOMPARE(*(*tree)->read(u"a"_s), "x");
}

void TestTarTree::opensNothingButFiles_data()
{
    QTest::addColumn<char>("type");
    QTest::newRow("character device") << '3';
    QTest::newRow("block device") << '4';
    QTest::newRow("pipe") << '6';
}

void TestTarTree::opensNothingButFiles()
{
    QFETCH(const char, type);
    const auto tree = read(TestArchive().add(Header{"a", type}, {}).add("b", "x").bytes());
    QVERIFY(tree);
    QCOMPARE((*tree)->open(u"a"_s).error().kind, Kind::LocalFile);
    QCOMPARE(*(*tree)->read(u"b"_s), "x");
}

void TestTarTree::readsNoSparseFiles()
{
    if (QStandardPaths::findExecutable(u"tar"_s).isEmpty())
        QSKIP("tar is not here");
    QFile file(m_folder->filePath(u"holes"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(10'000'000));
    QVERIFY(file.seek(5'000'000) && file.write("island") == 6);
    file.close();
    for (const QString &format : {u"gnu"_s, u"posix"_s}) {
        QCOMPARE(QProcess::execute(u"tar"_s, {u"--sparse"_s, u"--format=%1"_s.arg(format), u"-C"_s,
                                              m_folder->path(), u"-cf"_s, path(), u"holes"_s}),
                 0);
        const auto tree = open();
        QVERIFY2(tree, tree ? "" : qPrintable(tree.error().detail));
        QVERIFY(!(*tree)->open(u"holes"_s));
    }
}

void TestTarTree::endsWhereTheArchiveEnds()
{
    // Without the empty blocks at the end, as some programs leave it.
    const auto open = read(TestArchive().add("a", "x").openBytes());
    QVERIFY(open);
    QCOMPARE(*(*open)->read(u"a"_s), "x");
    const auto cut = read(
        TestArchive().add("a", "x").add("b", QByteArray(5'000, 'y')).openBytes().chopped(3'000));
    QVERIFY(!cut || !(*cut)->open(u"b"_s));
    const auto lie = read(TestArchive().add(Header{"b", '0', {}, 1LL << 32}, "x").bytes());
    QVERIFY(!lie || !(*lie)->open(u"b"_s));
}

void TestTarTree::refusesWhatIsNoArchive_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QByteArray damaged = TestArchive().add("a", "x").add("b", "y").bytes();
    damaged[1024 + 3] = 'X'; // The sum of the second header is wrong.
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray(2'000, 'x');
    QTest::newRow("damaged") << damaged;
    QTest::newRow("endless name")
        << TestArchive().add(Header{"././@LongLink", 'L', {}, 1LL << 32}, "x").bytes();
    TestArchive headers;
    for (int i = 0; i < 100'000; ++i)
        headers.add(Header{"pax", 'x'}, "12 mtime=1.\n");
    QTest::newRow("endless headers") << headers.add("a", "x").bytes();
}

void TestTarTree::refusesWhatIsNoArchive()
{
    QFETCH(const QByteArray, bytes);
    const auto tree = read(bytes);
    QVERIFY(!tree);
    QCOMPARE(tree.error().kind, Kind::LocalFile);
}

void TestTarTree::hasALimit()
{
    TestArchive archive;
    const QByteArray entry = TestArchive().add("a", {}).openBytes();
    archive.addRaw(entry.repeated(100'000));
    QVERIFY(read(archive.bytes()));
    const auto tree = read(archive.addRaw(entry).bytes());
    QVERIFY(!tree);
    QCOMPARE(tree.error().kind, Kind::TooLarge);
}

void TestTarTree::stopsWhenCancelled()
{
    QVERIFY(read(TestArchive().add("a", "x").bytes()));
    const auto tree =
        TarTree::scan(FileSlice::whole(*ReadableFile::open(path())), CancelFlag(true));
    QVERIFY(!tree);
    QVERIFY(tree.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestTarTree)
#include "tst_tartree.moc"
