// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefile.h"
#include "support/smallfilesystem.h"

#include <QDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Existing = SafeFile::Existing;

/// SafeFile where there is no space left; apart, because only root can mount such a disk.
class TestSafeFileFullDisk : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void showsBeforeAnythingIsWritten();
    void leavesTheOldFile_data();
    void leavesTheOldFile();
    void givesBackWhatWasReserved();
    void saysThatThereIsNoRoomForAFile();

private:
    [[nodiscard]] static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_disk->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<SmallFileSystem> m_disk;
};

void TestSafeFileFullDisk::init()
{
    m_disk.reset();
    m_disk = std::make_unique<SmallFileSystem>();
    if (!m_disk->isMounted())
        QSKIP("a small file system can only be mounted by root");
}

void TestSafeFileFullDisk::showsBeforeAnythingIsWritten()
{
    SafeFile file(m_disk->filePath(u"file"_s));
    const auto opened = file.open(3'000'000);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::LocalFile);
    QVERIFY2(opened.error().message.contains(u"not enough space"_s),
             qPrintable(opened.error().message));
    QCOMPARE(names(), QStringList());
}

void TestSafeFileFullDisk::leavesTheOldFile_data()
{
    // DSK-01, DSK-02: QSaveFile replaces the old file by a short one when the last write is short.
    QTest::addColumn<qsizetype>("portion");
    QTest::addColumn<int>("count");
    QTest::newRow("in one write") << qsizetype(3'000'000) << 1;
    QTest::newRow("in the last write") << qsizetype(700'000) << 2;
    QTest::newRow("one byte too many") << qsizetype(1024 * 1024 - 4096 + 1) << 1;
}

void TestSafeFileFullDisk::leavesTheOldFile()
{
    QFETCH(qsizetype, portion);
    QFETCH(int, count);
    const QString name = m_disk->filePath(u"file"_s);
    QVERIFY(SafeFile::writeFile(name, "old"));
    {
        SafeFile file(name, Existing::Replace);
        QVERIFY(file.open()); // The size is not known, so nothing can be reserved.
        Result<Done> written = Done();
        for (int i = 0; i < count && written; ++i)
            written = file.write(QByteArray(portion, 'x'));
        QVERIFY(!written);
        QVERIFY2(written.error().message.contains(u"not enough space"_s),
                 qPrintable(written.error().message));
    }
    QCOMPARE(content(name), "old");
    QCOMPARE(names(), QStringList{u"file"_s});
}

/// DSK-06: there are bytes left, but no inodes.
void TestSafeFileFullDisk::saysThatThereIsNoRoomForAFile()
{
    m_disk = std::make_unique<SmallFileSystem>(2);
    const QString name = m_disk->filePath(u"file"_s);
    QVERIFY(SafeFile::writeFile(name, "old"));
    for (const QString &path : {name, m_disk->filePath(u"other"_s)}) {
        const auto written = SafeFile::writeFile(path, "new", Existing::Replace);
        QVERIFY(!written);
        QCOMPARE(written.error().kind, Error::Kind::LocalFile);
        QVERIFY2(written.error().message.contains(u"not enough space"_s),
                 qPrintable(written.error().message));
    }
    QCOMPARE(content(name), "old");
    QCOMPARE(names(), QStringList{u"file"_s});
    QVERIFY(QFile::remove(name));
    QVERIFY(SafeFile::writeFile(name, "new"));
}

void TestSafeFileFullDisk::givesBackWhatWasReserved()
{
    SafeFile file(m_disk->filePath(u"file"_s));
    QVERIFY(file.open(800'000));
    QVERIFY(!SafeFile::writeFile(m_disk->filePath(u"other"_s), QByteArray(800'000, 'x')));
    QVERIFY(file.write("short"));
    QVERIFY(file.commit());
    QCOMPARE(content(m_disk->filePath(u"file"_s)), "short");
    QVERIFY(SafeFile::writeFile(m_disk->filePath(u"other"_s), QByteArray(800'000, 'x')));
}

QTEST_GUILESS_MAIN(TestSafeFileFullDisk)
#include "tst_safefile_fulldisk.moc"
