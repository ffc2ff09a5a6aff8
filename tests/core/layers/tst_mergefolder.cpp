// SPDX-License-Identifier: Apache-2.0
#include "core/layers/mergedfolderwriter.h"
#include "core/layers/mergelayers.h"
#include "support/smallfilesystem.h"
#include "support/testarchive.h"
#include "support/writtenfile.h"

#include <QDateTime>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// Layers on one another as a folder, and what hostile ones cannot do with it.
class TestMergeFolder : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesWhatIsLeft();
    void keepsLinksAndFollowsNone();
    void makesHardLinksOfSharedFiles();
    void keepsOnlyWhetherAFileCanBeRun();
    void leavesOutWhatIsNoFile();
    void leavesOutNamesThatAreTooLong();
    void writesNothingOutside_data();
    void writesNothingOutside();
    void walksThroughNoLinkThatSomebodyPutThere();
    void refusesNamesThatClimb_data();
    void refusesNamesThatClimb();
    void touchesNothingThatHasTheName();
    void leavesNothingOfWhatDidNotSucceed();
    void saysThatTheDiskIsFull();

private:
    void addLayer(const QByteArray &tar)
    {
        const QString file =
            writtenFile(m_home->filePath(u"layer%1"_s.arg(m_wanted.layers.size())), tar);
        m_wanted.layers.append({file, Digest::ofBytes(tar)});
    }
    [[nodiscard]] Result<QStringList> merge(const CancelFlag &cancelled = false) const
    {
        const auto survey = surveyLayers(m_wanted, CancelFlag(false));
        return survey ? writeMergedFolder(m_wanted, *survey, cancelled) : survey.error();
    }
    [[nodiscard]] QString path(const QString &name) const { return m_wanted.target + u'/' + name; }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : "no file";
    }
    [[nodiscard]] QStringList names(const QString &folder = {}) const
    {
        return QDir(path(folder))
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> m_home;
    LayerMerge m_wanted;
};

/// With a header that says more than the usual.
static QByteArray entry(const QByteArray &name, char type, const QByteArray &mode)
{
    QByteArray tar = TestArchive().add({name, type}, {}).openBytes();
    tar.replace(100, 8, QByteArray(mode + '\0'));
    tar.replace(148, 8, QByteArray(8, ' '));
    int sum = 0;
    for (const char byte : tar.left(512))
        sum += static_cast<unsigned char>(byte);
    return tar.replace(148, 8,
                       QByteArray(QByteArray::number(sum, 8).rightJustified(6, '0') + '\0' + ' '));
}

void TestMergeFolder::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_wanted = {{}, m_home->filePath(u"root"_s)};
}

void TestMergeFolder::writesWhatIsLeft()
{
    addLayer(TestArchive().add("a", "old").add("gone", "x").add("d/b", "below").bytes());
    addLayer(TestArchive()
                 .add("a", "new")
                 .add(".wh.gone", {})
                 .add(TestArchive::Header{"d/", '5'}, {})
                 .bytes());
    const auto written = merge();
    QVERIFY2(written, written ? "" : qPrintable(written.error().message));
    QCOMPARE(*written, QStringList());
    QCOMPARE(names(), QStringList({u"a"_s, u"d"_s}));
    QCOMPARE(content(u"a"_s), "new");
    QCOMPARE(content(u"d/b"_s), "below");
    QVERIFY(QFileInfo(m_wanted.target).permissions() & QFile::ReadOther);
}

void TestMergeFolder::keepsLinksAndFollowsNone()
{
    addLayer(TestArchive()
                 .addLink("inside", "real")
                 .add("real/x", "1")
                 .addLink("outside", "/etc/passwd")
                 .add("inside/y", "2")
                 .bytes());
    const auto written = merge();
    QVERIFY2(written, written ? "" : qPrintable(written.error().message));
    QCOMPARE(QFileInfo(path(u"outside"_s)).symLinkTarget(), u"/etc/passwd"_s);
    QVERIFY(QFileInfo(path(u"inside"_s)).isSymLink());
    QCOMPARE(names(u"real"_s), QStringList({u"x"_s, u"y"_s}));
}

void TestMergeFolder::makesHardLinksOfSharedFiles()
{
    addLayer(TestArchive().add("b", "shared").add({"d/c", '1', "b"}, {}).bytes());
    QVERIFY(merge());
    struct stat first = {};
    struct stat second = {};
    QCOMPARE(::stat(QFile::encodeName(path(u"b"_s)).constData(), &first), 0);
    QCOMPARE(::stat(QFile::encodeName(path(u"d/c"_s)).constData(), &second), 0);
    QVERIFY(first.st_ino == second.st_ino);
    QCOMPARE(content(u"d/c"_s), "shared");
}

void TestMergeFolder::keepsOnlyWhetherAFileCanBeRun()
{
    addLayer(entry("run", '0', "0006755") + entry("secret", '0', "0000000")
             + entry("closed/", '5', "0000000") + TestArchive().add("closed/x", "1").bytes());
    const auto written = merge();
    QVERIFY2(written, written ? "" : qPrintable(written.error().message));
    const mode_t mask = ::umask(022);
    ::umask(mask);
    const auto modeOf = [this](const QString &name) {
        struct stat found = {};
        ::stat(QFile::encodeName(path(name)).constData(), &found);
        return found.st_mode & 07777U;
    };
    QCOMPARE(modeOf(u"run"_s), 0777U & ~mask); // Nobody gets the rights of its owner.
    QCOMPARE(modeOf(u"secret"_s), 0666U & ~mask);
    QCOMPARE(content(u"closed/x"_s), "1");
    QCOMPARE(QFileInfo(path(u"run"_s)).lastModified().toSecsSinceEpoch(), 0);
}

void TestMergeFolder::leavesOutWhatIsNoFile()
{
    addLayer(TestArchive()
                 .add(TestArchive::Header{"null", '3'}, {})
                 .add(TestArchive::Header{"disk", '4'}, {})
                 .add(TestArchive::Header{"pipe", '6'}, {})
                 .add({"again", '1', "pipe"}, {})
                 .add("a", "1")
                 .bytes());
    const auto written = merge();
    QVERIFY2(written, written ? "" : qPrintable(written.error().message));
    QCOMPARE(written->size(), qsizetype(4));
    QVERIFY(written->join(u' ').contains("null"_L1));
    QCOMPARE(names(), QStringList{u"a"_s});
}

void TestMergeFolder::leavesOutNamesThatAreTooLong()
{
    const QByteArray name(300, 'n'); // Of more than one header.
    const QByteArray record = "310 path=" + name + "\n";
    addLayer(TestArchive()
                 .add(TestArchive::Header{"pax", 'x'}, record)
                 .add("short", "1")
                 .add("a", "2")
                 .bytes());
    const auto written = merge();
    QVERIFY2(written, written ? "" : qPrintable(written.error().message));
    QCOMPARE(written->size(), qsizetype(1));
    QVERIFY(written->first().contains("too long"_L1));
    QCOMPARE(names(), QStringList{u"a"_s});
}

void TestMergeFolder::writesNothingOutside_data()
{
    QTest::addColumn<QByteArray>("tar");
    QTest::newRow("parent") << TestArchive().add("../outside", "x").bytes();
    QTest::newRow("parent within") << TestArchive().add("a/../../outside", "x").bytes();
    QTest::newRow("root") << TestArchive().add("/outside", "x").bytes();
    QTest::newRow("through a link")
        << TestArchive().addLink("l", "..").add("l/outside", "x").bytes();
    QTest::newRow("through a chain of links") << TestArchive()
                                                     .addLink("a", "b")
                                                     .addLink("b", "c")
                                                     .addLink("c", "..")
                                                     .add("a/outside", "x")
                                                     .bytes();
    QTest::newRow("over a link") << TestArchive().addLink("l", "../outside").add("l", "x").bytes();
    QTest::newRow("root is a link")
        << TestArchive().addLink("./", "..").add("outside", "x").bytes();
    QTest::newRow("hard link")
        << TestArchive().add({"h", '1', "../layer0"}, {}).add("h", "x").bytes();
}

void TestMergeFolder::writesNothingOutside()
{
    QFETCH(const QByteArray, tar);
    addLayer(tar);
    const auto before = QDir(m_home->path()).entryList(QDir::AllEntries | QDir::Hidden);
    const auto written = merge();
    QFile layer(m_home->filePath(u"layer0"_s));
    QVERIFY(layer.open(QIODevice::ReadOnly));
    QVERIFY(layer.readAll() == tar);
    QStringList after = QDir(m_home->path()).entryList(QDir::AllEntries | QDir::Hidden);
    if (written)
        after.removeAll(u"root"_s);
    QCOMPARE(after, before);
    QVERIFY(!QFile::exists(u"/outside"_s));
}

void TestMergeFolder::walksThroughNoLinkThatSomebodyPutThere()
{
    MergedFolderWriter writer(m_wanted.target);
    QVERIFY(writer.open());
    QVERIFY(writer.addFolder("d"));
    QVERIFY(QDir().mkpath(m_home->filePath(u"elsewhere"_s)));
    QVERIFY(QDir().rmdir(path(u"d"_s)));
    QVERIFY(QFile::link(m_home->filePath(u"elsewhere"_s), path(u"d"_s)));
    QVERIFY(writer.addFolder("d/x"));
    QCOMPARE(writer.deviations().size(), qsizetype(1));
    QVERIFY(QDir(m_home->filePath(u"elsewhere"_s)).isEmpty());
    // Whatever becomes of the name of the folder itself, it is the one that was made.
    QVERIFY(QDir().rename(m_wanted.target, m_home->filePath(u"moved"_s)));
    QVERIFY(QFile::link(m_home->filePath(u"elsewhere"_s), m_wanted.target));
    QVERIFY(writer.addFolder("e"));
    QVERIFY(QFileInfo(m_home->filePath(u"moved/e"_s)).isDir());
    QVERIFY(QDir(m_home->filePath(u"elsewhere"_s)).isEmpty());
}

void TestMergeFolder::refusesNamesThatClimb_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("parent") << QByteArray("..");
    QTest::newRow("of the parent") << QByteArray("../x");
    QTest::newRow("within") << QByteArray("a/../../x");
    QTest::newRow("root") << QByteArray("/x");
    QTest::newRow("itself") << QByteArray("a/.");
    QTest::newRow("nothing") << QByteArray();
}

void TestMergeFolder::refusesNamesThatClimb()
{
    QFETCH(const QByteArray, name);
    MergedFolderWriter writer(m_wanted.target);
    QVERIFY(writer.open());
    QCOMPARE(writer.addFolder(name).error().kind, Kind::Protocol);
    QVERIFY(names(u"."_s).isEmpty());
}

void TestMergeFolder::touchesNothingThatHasTheName()
{
    addLayer(TestArchive().add("a", "1").bytes());
    QVERIFY(QDir().mkpath(path(u"mine"_s)));
    QCOMPARE(merge().error().kind, Kind::LocalFile);
    QCOMPARE(names(), QStringList{u"mine"_s});
}

void TestMergeFolder::leavesNothingOfWhatDidNotSucceed()
{
    addLayer(TestArchive().add("a", "1").bytes());
    QVERIFY(merge(CancelFlag(true)).error().isCancelled());
    QVERIFY(!QFile::exists(m_wanted.target));
    m_wanted.layers.first().diffId = Digest::ofBytes("another");
    QVERIFY(!merge());
    QVERIFY(!QFile::exists(m_wanted.target));
}

void TestMergeFolder::saysThatTheDiskIsFull()
{
    const SmallFileSystem disk;
    if (!disk.isMounted())
        QSKIP("mounting is not allowed here");
    addLayer(TestArchive().add("big", QByteArray(3'000'000, 'x')).bytes());
    m_wanted.target = disk.filePath(u"root"_s);
    QCOMPARE(merge().error().kind, Kind::LocalFile);
    QVERIFY(QDir(disk.path()).isEmpty());
}

QTEST_GUILESS_MAIN(TestMergeFolder)
#include "tst_mergefolder.moc"
