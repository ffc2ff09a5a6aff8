// SPDX-License-Identifier: Apache-2.0
#include "core/base/diskcalls.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Longshore;
using namespace Qt::StringLiterals;

/// The calls one by one; tst_safefile shows what becomes of a file.
class TestDiskCalls : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void opensNothingThatIsThere();
    void opensForNobodyElse();
    void opensRegularFilesAlone();
    void opensToWhomNewFilesAreOpen();
    void writesEveryByte();
    void tellsThatNothingCanBeWritten();
    void takesANameOnlyWhenItIsFree();
    void replacesFilesAndLinksAlone();
    void goesOnWritingWhileTheDiskTakesWhatWasWritten();
    void syncsWhatIsThere();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDiskCalls::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestDiskCalls::opensNothingThatIsThere()
{
    write(u"taken"_s, "mine");
    QVERIFY(QFile::link(path(u"nowhere"_s), path(u"link"_s)));
    for (const QString &name : {u"taken"_s, u"link"_s}) {
        QFile file;
        QVERIFY(DiskCalls::openExclusively(file, path(name)) != 0);
    }
    QCOMPARE(read(u"taken"_s), "mine");
    QVERIFY(!QFile::exists(path(u"nowhere"_s))); // Nothing was made through the link.
    QFile lost;
    QCOMPARE(DiskCalls::openExclusively(lost, path(u"no/folder"_s)), ENOENT);
}

void TestDiskCalls::opensForNobodyElse()
{
    QFile file;
    QCOMPARE(DiskCalls::openExclusively(file, path(u"new"_s)), 0);
    QVERIFY(file.isOpen());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(path(u"new"_s)) & others));
}

void TestDiskCalls::opensRegularFilesAlone()
{
    write(u"file"_s, "content");
    QVERIFY(QFile::link(path(u"file"_s), path(u"link"_s)));
    {
        QFile file;
        QCOMPARE(DiskCalls::openRegular(file, path(u"file"_s)), 0);
        QCOMPARE(file.readAll(), "content");
    }
    for (const QString &name : {u"link"_s, u"."_s, u"nothing"_s}) {
        QFile file;
        QVERIFY(DiskCalls::openRegular(file, path(name)) != 0);
        QVERIFY(!file.isOpen());
    }
    QFile file;
    QCOMPARE(DiskCalls::openRegular(file, path(u"nothing"_s)), ENOENT);
}

void TestDiskCalls::opensToWhomNewFilesAreOpen()
{
    write(u"usual"_s, "x");
    QFile file;
    QCOMPARE(DiskCalls::openExclusively(file, path(u"new"_s)), 0);
    DiskCalls::applyUmask(file);
    QCOMPARE(QFile::permissions(path(u"new"_s)), QFile::permissions(path(u"usual"_s)));
}

void TestDiskCalls::writesEveryByte()
{
    const QByteArray bytes(3'000'000, 'b');
    QFile file;
    QCOMPARE(DiskCalls::openExclusively(file, path(u"new"_s)), 0);
    QCOMPARE(DiskCalls::reserveSpace(file, bytes.size()), 0);
    QCOMPARE(file.size(), 0); // Reserved, but not yet there.
    QCOMPARE(DiskCalls::writeAll(file, bytes), 0);
    QCOMPARE(DiskCalls::writeAll(file, {}), 0);
    QCOMPARE(DiskCalls::writeAll(file, "end"), 0);
    QCOMPARE(read(u"new"_s), bytes + "end");
}

void TestDiskCalls::tellsThatNothingCanBeWritten()
{
#ifdef Q_OS_LINUX
    QFile full(u"/dev/full"_s);
    QVERIFY(full.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    QCOMPARE(DiskCalls::writeAll(full, "x"), ENOSPC);
#else
    QSKIP("there is no device that is always full");
#endif
}

void TestDiskCalls::takesANameOnlyWhenItIsFree()
{
    write(u"a"_s, "a");
    write(u"taken"_s, "mine");
    QVERIFY(QFile::link(path(u"nowhere"_s), path(u"link"_s)));
    for (const QString &name : {u"taken"_s, u"link"_s})
        QCOMPARE(DiskCalls::renameWithoutReplacing(path(u"a"_s), path(name)), EEXIST);
    QCOMPARE(read(u"taken"_s), "mine");
    QCOMPARE(DiskCalls::renameWithoutReplacing(path(u"a"_s), path(u"b"_s)), 0);
    QCOMPARE(read(u"b"_s), "a");
    QVERIFY(!QFile::exists(path(u"a"_s)));
    QCOMPARE(DiskCalls::renameWithoutReplacing(path(u"a"_s), path(u"c"_s)), ENOENT);
}

void TestDiskCalls::replacesFilesAndLinksAlone()
{
    write(u"a"_s, "a");
    write(u"target"_s, "mine");
    QVERIFY(QFile::link(path(u"target"_s), path(u"link"_s)));
    QVERIFY(QDir().mkdir(path(u"folder"_s)));
    QCOMPARE(DiskCalls::renameReplacing(path(u"a"_s), path(u"folder"_s)), EEXIST);
#ifdef Q_OS_UNIX
    QCOMPARE(::mkfifo(QFile::encodeName(path(u"pipe"_s)).constData(), 0600), 0);
    QCOMPARE(DiskCalls::renameReplacing(path(u"a"_s), path(u"pipe"_s)), EEXIST);
#endif
    QCOMPARE(DiskCalls::renameReplacing(path(u"a"_s), path(u"link"_s)), 0);
    QCOMPARE(read(u"link"_s), "a");
    QCOMPARE(read(u"target"_s), "mine"); // The link itself went, not what it pointed to.
    QCOMPARE(DiskCalls::renameReplacing(path(u"link"_s), path(u"target"_s)), 0);
    QCOMPARE(read(u"target"_s), "a");
}

void TestDiskCalls::goesOnWritingWhileTheDiskTakesWhatWasWritten()
{
    QFile file;
    QCOMPARE(DiskCalls::openExclusively(file, path(u"new"_s)), 0);
    const QByteArray first(10'000, 'a');
    QCOMPARE(DiskCalls::writeAll(file, first), 0);
    DiskCalls::beginToSync(file, first.size());
    QCOMPARE(DiskCalls::writeAll(file, "b"), 0);
    file.close();
    QCOMPARE(read(u"new"_s), first + "b");
}

void TestDiskCalls::syncsWhatIsThere()
{
    QFile file;
    QCOMPARE(DiskCalls::openExclusively(file, path(u"new"_s)), 0);
    QCOMPARE(DiskCalls::syncDescriptor(file.handle()), 0);
    QCOMPARE(DiskCalls::syncDescriptor(-1), EBADF);
    QCOMPARE(DiskCalls::syncFolder(m_folder->path()), 0);
    QCOMPARE(DiskCalls::syncFolder(path(u"nowhere"_s)), ENOENT);
}

QTEST_GUILESS_MAIN(TestDiskCalls)
#include "tst_diskcalls.moc"
