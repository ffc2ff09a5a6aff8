// SPDX-License-Identifier: Apache-2.0
#include "core/layers/mergelayers.h"
#include "support/gzip.h"
#include "support/realregistry.h"
#include "support/testarchive.h"
#include "support/writtenfile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// The bytes; tst_mergedtree knows which files are left, tst_exportroot asks others what they think.
class TestMergeLayers : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesWhatIsLeft();
    void readsLayersOfEachKind();
    void makesHardLinksOfSharedFiles();
    void keepsNamesThatAreNoText();
    void keepsExtendedAttributes();
    void countsTheContents();
    void writesTheSameTarEachTime();
    void givesNoNameToWhatIsSomethingElse();
    void givesNoNameToWhatIsDamaged_data();
    void givesNoNameToWhatIsDamaged();
    void noticesALayerThatChangesInBetween();
    void leavesNothingWhenItIsCancelled();
    void touchesNothingThatHasTheName();
    void refusesTooMuch();

private:
    void addLayer(const QByteArray &tar, const QByteArray &stored)
    {
        const QString file =
            writtenFile(m_folder->filePath(u"layer%1"_s.arg(m_wanted.layers.size())), stored);
        m_wanted.layers.append({file, Digest::ofBytes(tar)});
    }
    void addLayer(const QByteArray &tar) { addLayer(tar, tar); }
    [[nodiscard]] Result<qint64> merge(const CancelFlag &cancelled = false) const
    {
        const auto survey = surveyLayers(m_wanted, CancelFlag(false));
        return survey ? writeMergedTar(m_wanted, *survey, cancelled) : survey.error();
    }
    [[nodiscard]] QByteArray tar(const QStringList &arguments) const
    {
        return runProcess(u"tar"_s, QStringList{u"-f"_s, m_wanted.target} + arguments).output;
    }
    [[nodiscard]] QByteArray names() const { return tar({u"-t"_s}); }
    [[nodiscard]] QByteArray member(const QString &name) const { return tar({u"-xO"_s, name}); }
    [[nodiscard]] bool isNothingThere() const
    {
        const auto names = QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
        return names.filter(u"root"_s).isEmpty();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    LayerMerge m_wanted;
};

void TestMergeLayers::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_wanted = {{}, m_folder->filePath(u"root.tar"_s)};
}

void TestMergeLayers::writesWhatIsLeft()
{
    addLayer(TestArchive().add("a", "old").add("gone", "x").add("d/b", "below").bytes());
    addLayer(TestArchive().add("a", "new").add(".wh.gone", {}).bytes());
    const auto size = merge();
    QVERIFY2(size, size ? "" : qPrintable(size.error().message));
    QCOMPARE(names(), "d/\nd/b\na\n");
    QCOMPARE(member(u"a"_s), "new");
    QCOMPARE(member(u"d/b"_s), "below");
    QCOMPARE(QFileInfo(m_wanted.target).size(), *size);
    QCOMPARE(runProcess(u"tar"_s, {u"-tf"_s, m_wanted.target}).errors,
             ""); // Nothing unusual in it.
}

void TestMergeLayers::readsLayersOfEachKind()
{
    const QByteArray one = TestArchive().add("one", "1").bytes();
    const QByteArray two = TestArchive().add("two", "2").bytes();
    addLayer(one, gzipped(one));
    addLayer(two, zstdStored(two));
    addLayer(QByteArray(1024, '\0')); // An empty layer.
    QVERIFY(merge());
    QCOMPARE(names(), "one\ntwo\n");
}

void TestMergeLayers::makesHardLinksOfSharedFiles()
{
    addLayer(TestArchive().add("b", "shared").add({"c", '1', "b"}, {}).bytes());
    addLayer(TestArchive().add({"a", '1', "c"}, {}).add(".wh.b", {}).bytes());
    QVERIFY(merge());
    QCOMPARE(names(), "a\nc\n");
    QVERIFY(tar({u"-tv"_s}).contains("c link to a"));
    QCOMPARE(member(u"a"_s), "shared");
}

void TestMergeLayers::keepsNamesThatAreNoText()
{
    const QByteArray name = "caf\xe9-" + QByteArray(90, 'x') + "\n\x1b";
    addLayer(TestArchive().add(name, "1").add("gr\xc3\xbc\xc3\x9f", "2").bytes());
    QVERIFY(merge());
    const QByteArray listed = tar({u"-t"_s, u"--quoting-style=literal"_s});
    QCOMPARE(listed, QByteArray(name + "\ngr\xc3\xbc\xc3\x9f\n"));
}

void TestMergeLayers::keepsExtendedAttributes()
{
    const QByteArray record("32 SCHILY.xattr.user.kind=\xff\x00one\n", 32);
    addLayer(TestArchive().add(TestArchive::Header{"pax", 'x'}, record).add("a", "1").bytes());
    QVERIFY(merge());
    QFile tar(m_wanted.target);
    QVERIFY(tar.open(QIODevice::ReadOnly));
    QCOMPARE(tar.readAll().count(record), 1); // Once, in the way that everybody reads.
}

void TestMergeLayers::countsTheContents()
{
    addLayer(TestArchive().add("a", "123").add("b", "12345").add({"c", '1', "a"}, {}).bytes());
    addLayer(TestArchive().add("b", "1").bytes());
    QCOMPARE(surveyLayers(m_wanted, CancelFlag(false))->bytes, qint64(4));
}

void TestMergeLayers::writesTheSameTarEachTime()
{
    addLayer(TestArchive().add("b", "1").add("a", "2").add({"l", '2', "a"}, {}).bytes());
    QVERIFY(merge());
    m_wanted.target += u".2"_s;
    QVERIFY(merge());
    QFile first(m_folder->filePath(u"root.tar"_s));
    QFile second(m_wanted.target);
    QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
    QVERIFY(first.readAll() == second.readAll());
}

void TestMergeLayers::givesNoNameToWhatIsSomethingElse()
{
    // TAR-23; what stands behind the end counts, too.
    addLayer(TestArchive().add("a", "1").bytes(), TestArchive().add("a", "1").bytes() + "more");
    const auto merged = merge();
    QVERIFY(!merged);
    QCOMPARE(merged.error().kind, Kind::DigestMismatch);
    QVERIFY(isNothingThere());
}

void TestMergeLayers::givesNoNameToWhatIsDamaged_data()
{
    QTest::addColumn<QByteArray>("layer");
    const QByteArray good = TestArchive().add("a", QByteArray(2000, 'a')).bytes();
    QTest::newRow("cut in a header") << good.left(300); // TAR-14
    QTest::newRow("cut in a file") << good.left(1000);
    QTest::newRow("no tar") << QByteArray(5000, 'x');
    QByteArray junk = good;
    junk.replace(100, 3, "\xff\xff\xff"); // TAR-13: the check sum does not fit.
    QTest::newRow("changed") << junk;
    QTest::newRow("climbing name") << TestArchive().add("../x", "1").bytes();
    QTest::newRow("damaged gzip") << gzipped(good).left(20);
}

void TestMergeLayers::givesNoNameToWhatIsDamaged()
{
    QFETCH(QByteArray, layer);
    addLayer(layer);
    const auto merged = merge();
    QVERIFY(!merged);
    QCOMPARE(merged.error().kind, Kind::Protocol);
    QVERIFY(isNothingThere());
}

void TestMergeLayers::noticesALayerThatChangesInBetween()
{
    addLayer(TestArchive().add("a", "1").bytes());
    const auto survey = surveyLayers(m_wanted, CancelFlag(false));
    QVERIFY(survey);
    m_wanted.layers.clear();
    addLayer(TestArchive().add("a", "1").bytes(), TestArchive().add("a", "2").bytes());
    const auto written = writeMergedTar(m_wanted, *survey, CancelFlag(false));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Kind::DigestMismatch);
    QVERIFY(isNothingThere());
}

void TestMergeLayers::leavesNothingWhenItIsCancelled()
{
    addLayer(TestArchive().add("a", "1").bytes());
    const auto merged = merge(CancelFlag(true));
    QVERIFY(!merged && merged.error().isCancelled());
    QVERIFY(isNothingThere());
    const auto surveyed = surveyLayers(m_wanted, CancelFlag(true));
    QVERIFY(!surveyed && surveyed.error().isCancelled());
}

void TestMergeLayers::touchesNothingThatHasTheName()
{
    addLayer(TestArchive().add("a", "1").bytes());
    QVERIFY(SafeFile::writeFile(m_wanted.target, "mine"));
    const auto merged = merge();
    QVERIFY(!merged);
    QCOMPARE(merged.error().kind, Kind::LocalFile);
    m_wanted.existing = SafeFile::Existing::Replace;
    QVERIFY(merge());
    QCOMPARE(names(), "a\n");
}

void TestMergeLayers::refusesTooMuch()
{
    const QByteArray tar = TestArchive().add("a", QByteArray(200'000, '\0')).bytes();
    addLayer(tar, gzipped(tar));
    m_wanted.limits.bytes = 100'000;
    const auto merged = merge();
    QVERIFY(!merged);
    QCOMPARE(merged.error().kind, Kind::TooLarge);
    QVERIFY(isNothingThere());
}

QTEST_GUILESS_MAIN(TestMergeLayers)
#include "tst_mergelayers.moc"
