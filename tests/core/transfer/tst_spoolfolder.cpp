// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/spoolfolder.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <limits>
#ifdef Q_OS_LINUX
#include <sys/inotify.h>
#include <unistd.h>
#endif

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestSpoolFolder : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { qunsetenv("TMPDIR"); }
    void isForNobodyElse();
    void goesWithItsLastUser();
    void wantsRoomForAllOfIt();
    void saysWhereItCannotBe();
    void removesWhatKilledProgramsLeft();
    void removesTheirLockLast();
    void leavesAloneWhatIsNotItsOwn();

private:
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestSpoolFolder::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("TMPDIR", QFile::encodeName(m_home->path()));
}

void TestSpoolFolder::isForNobodyElse()
{
    const auto spool = SpoolFolder::make(0);
    QVERIFY(spool);
    const QFileInfo folder(QFileInfo(spool->filePath(Digest::ofBytes("x"))).path());
    QVERIFY(folder.isDir());
    QCOMPARE(folder.dir().path(), m_home->path());
    QCOMPARE(folder.permissions()
                 & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
                    | QFile::WriteOther | QFile::ExeOther),
             QFile::Permissions());
}

void TestSpoolFolder::goesWithItsLastUser()
{
    std::optional<SpoolFolder> first;
    {
        const auto spool = SpoolFolder::make(0);
        QVERIFY(spool);
        first = *spool;
    }
    QFile file(first->filePath(Digest::ofBytes("x")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(!QDir(m_home->path()).isEmpty());
    first.reset();
    QThreadPool::globalInstance()->waitForDone();
    QVERIFY(QDir(m_home->path()).isEmpty());
}

void TestSpoolFolder::wantsRoomForAllOfIt()
{
    const auto spool = SpoolFolder::make(std::numeric_limits<qint64>::max());
    QVERIFY(!spool);
    QCOMPARE(spool.error().kind, Error::Kind::LocalFile);
    QVERIFY(spool.error().message.contains(u"room"_s));
    QThreadPool::globalInstance()->waitForDone();
    QVERIFY(QDir(m_home->path()).isEmpty());
}

void TestSpoolFolder::saysWhereItCannotBe()
{
    QFile file(m_home->filePath(u"file"_s)); // It is no folder.
    QVERIFY(file.open(QIODevice::WriteOnly));
    qputenv("TMPDIR", QFile::encodeName(file.fileName()));
    const auto spool = SpoolFolder::make(0);
    QVERIFY(!spool);
    QCOMPARE(spool.error().kind, Error::Kind::LocalFile);
    QVERIFY(spool.error().message.contains(file.fileName()));
}

/// A folder with the lock of a program that is not there any more.
static void abandon(const QString &folder)
{
    QProcess gone;
    gone.start(u"true"_s, QStringList());
    QVERIFY(gone.waitForStarted());
    const QByteArray number = QByteArray::number(gone.processId());
    QVERIFY(gone.waitForFinished());
    QVERIFY(QDir().mkpath(folder));
    QFile lock(folder + "/.longshore.lock"_L1);
    QVERIFY(lock.open(QIODevice::WriteOnly));
    lock.write(number + "\nlongshore\n" + QSysInfo::machineHostName().toUtf8() + '\n');
}

void TestSpoolFolder::removesWhatKilledProgramsLeft()
{
    const QString left = m_home->filePath(u"longshore-spool-AbCdEf"_s);
    abandon(left);
    const auto inUse = SpoolFolder::make(0);
    QVERIFY(inUse);
    QVERIFY(!QFile::exists(left));
    QVERIFY(SpoolFolder::make(0)); // Which looks at the first one, too.
    QVERIFY(QFileInfo(QFileInfo(inUse->filePath(Digest::ofBytes("x"))).path()).isDir());
}

#ifdef Q_OS_LINUX
/// What was removed from a folder, in this order.
static QByteArrayList removedNames(int watch)
{
    QByteArrayList names;
    alignas(inotify_event) char events[4096];
    for (ssize_t size = 0; (size = ::read(watch, events, sizeof(events))) > 0;) {
        for (const char *next = events; next < events + size;) {
            const auto *event = reinterpret_cast<const inotify_event *>(next);
            if (event->len > 0)
                names.append(event->name);
            next += sizeof(inotify_event) + event->len;
        }
    }
    return names;
}
#endif

/// Nobody may take a folder that is only half there.
void TestSpoolFolder::removesTheirLockLast()
{
#ifdef Q_OS_LINUX
    const QString left = m_home->filePath(u"longshore-spool-AbCdEf"_s);
    abandon(left);
    QFile blob(left + "/blob"_L1);
    QVERIFY(blob.open(QIODevice::WriteOnly));
    const int watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    QVERIFY(watch >= 0);
    QVERIFY(::inotify_add_watch(watch, QFile::encodeName(left).constData(), IN_DELETE) >= 0);
    QVERIFY(SpoolFolder::make(0));
    const QByteArrayList removed = removedNames(watch);
    ::close(watch);
    QVERIFY(removed.contains("blob"));
    QCOMPARE(removed.last(), ".longshore.lock");
#else
    QSKIP("only Linux tells in which order files are removed");
#endif
}

void TestSpoolFolder::leavesAloneWhatIsNotItsOwn()
{
    const QString other = m_home->filePath(u"longshore-other"_s);
    abandon(other);
    const QString young = m_home->filePath(u"longshore-spool-young1"_s);
    QVERIFY(QDir().mkpath(young)); // Nobody has locked it yet.
    const QString link = m_home->filePath(u"longshore-spool-linked"_s);
    QVERIFY(QFile::link(other, link));
    QVERIFY(SpoolFolder::make(0));
    for (const QString &path : {other, young, link})
        QVERIFY2(QFile::exists(path), qPrintable(path));
}

QTEST_GUILESS_MAIN(TestSpoolFolder)
#include "tst_spoolfolder.moc"
