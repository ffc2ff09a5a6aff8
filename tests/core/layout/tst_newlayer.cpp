// SPDX-License-Identifier: Apache-2.0
#include "core/layout/newlayer.h"
#include "support/gzip.h"
#include "support/testarchive.h"
#include "support/writtenfile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestNewLayer : public QObject
{
    Q_OBJECT

private slots:
    void readsALayer_data();
    void readsALayer();
    void remembersTheFirstNamesOnly();
    void leavesOtherFilesAlone_data();
    void leavesOtherFilesAlone();
    void refusesWhatLayersMustNotBe();
    void refusesNamesThatLeadOut_data();
    void refusesNamesThatLeadOut();
    void saysWhatIsDamaged();

private:
    [[nodiscard]] QString write(const QByteArray &bytes) const
    {
        return writtenFile(m_folder.filePath(u"dropped"_s), bytes);
    }
    [[nodiscard]] Result<std::optional<NewLayer>> read(const QByteArray &bytes) const
    {
        return readNewLayer(write(bytes), CancelFlag(false));
    }
    static QByteArray tar()
    {
        return TestArchive().add("etc/a", "content").add("etc/.wh.b", {}).add("c/..d", {}).bytes();
    }

    QTemporaryDir m_folder;
};

void TestNewLayer::readsALayer_data()
{
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<int>("compression");
    QTest::newRow("plain") << tar() << static_cast<int>(Compression::None);
    QTest::newRow("gzip") << gzipped(tar()) << static_cast<int>(Compression::Gzip);
    QTest::newRow("zstd") << zstdStored(tar()) << static_cast<int>(Compression::Zstd);
}

void TestNewLayer::readsALayer()
{
    QFETCH(const QByteArray, stored);
    QFETCH(const int, compression);
    const auto layer = read(stored);
    QVERIFY(layer && *layer);
    QCOMPARE((*layer)->digest, Digest::ofBytes(stored));
    QCOMPARE((*layer)->diffId, Digest::ofBytes(tar()));
    QCOMPARE(static_cast<int>((*layer)->compression), compression);
    QCOMPARE((*layer)->entries, qsizetype(3));
    QCOMPARE((*layer)->whiteouts, qsizetype(1));
    QCOMPARE((*layer)->names.size(), (*layer)->entries);
    QCOMPARE(*(*layer)->content.readAll(1024 * 1024), stored);
}

void TestNewLayer::remembersTheFirstNamesOnly()
{
    TestArchive archive;
    for (int i = 0; i < 600; ++i)
        archive.add(QByteArray::number(i), "x");
    const auto layer = read(archive.bytes());
    QVERIFY(layer && *layer);
    QCOMPARE((*layer)->entries, qsizetype(600));
    QCOMPARE((*layer)->names.size(), NewLayer::mostNames);
    QCOMPARE((*layer)->names.constFirst(), u"0"_s);
}

void TestNewLayer::leavesOtherFilesAlone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("just a text\n");
    QTest::newRow("long") << QByteArray(5000, 'x');
    QTest::newRow("compressed text") << gzipped("just a text\n");
}

void TestNewLayer::leavesOtherFilesAlone()
{
    QFETCH(const QByteArray, bytes);
    const auto layer = read(bytes);
    QVERIFY(layer);
    QVERIFY(!*layer);
}

void TestNewLayer::refusesWhatLayersMustNotBe()
{
    const auto layer = read(QByteArray("\xfd"
                                       "7zXZ\0and so on",
                                       15));
    QVERIFY(!layer);
    QCOMPARE(layer.error().kind, Kind::Unsupported);
    const auto missing = readNewLayer(m_folder.filePath(u"missing"_s), CancelFlag(false));
    QVERIFY(!missing);
}

void TestNewLayer::refusesNamesThatLeadOut_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("above") << QByteArray("../etc/passwd");
    QTest::newRow("from within") << QByteArray("a/../../b");
    QTest::newRow("from the root") << QByteArray("/../b");
}

void TestNewLayer::refusesNamesThatLeadOut()
{
    QFETCH(const QByteArray, name);
    const auto layer = read(TestArchive().add("good", "x").add(name, "x").bytes());
    QVERIFY(!layer);
    QCOMPARE(layer.error().kind, Kind::Unsupported);
}

void TestNewLayer::saysWhatIsDamaged()
{
    const auto broken = read(gzipped(tar()).chopped(9));
    QVERIFY(!broken);
    QCOMPARE(broken.error().kind, Kind::LocalFile);
    const auto cut =
        read(TestArchive().add("a", QByteArray(2000, 'x')).openBytes().left(1500) + QByteArray());
    QVERIFY(!cut);
    QCOMPARE(cut.error().kind, Kind::LocalFile);
}

QTEST_GUILESS_MAIN(TestNewLayer)
#include "tst_newlayer.moc"
