// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/spoolfolder.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <limits>

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

QTEST_GUILESS_MAIN(TestSpoolFolder)
#include "tst_spoolfolder.moc"
