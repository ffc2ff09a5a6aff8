// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/diskroom.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace Longshore;

class TestDiskRoom : public QObject
{
    Q_OBJECT

private slots:
    void addsNoFurtherThanItCan();
    void findsRoomForALittle();
    void refusesMoreThanThereIs();
    void needsNoFolderForNothing();
    void looksInTheNearestFolder();

private:
    static constexpr qint64 most = std::numeric_limits<qint64>::max();
};

void TestDiskRoom::addsNoFurtherThanItCan()
{
    QCOMPARE(totalSize({}), qint64(0));
    QCOMPARE(totalSize({1, 2, 3}), qint64(6));
    QCOMPARE(totalSize({most, most}), most);
    QCOMPARE(totalSize({5, most - 5}), most);
}

void TestDiskRoom::findsRoomForALittle()
{
    const QTemporaryDir folder;
    QVERIFY(checkDiskRoom(folder.path(), 1));
}

void TestDiskRoom::refusesMoreThanThereIs()
{
    const QTemporaryDir folder;
    const auto checked = checkDiskRoom(folder.path(), most);
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, Error::Kind::LocalFile);
    QVERIFY(checked.error().message.contains(QLatin1StringView("room")));
}

void TestDiskRoom::needsNoFolderForNothing()
{
    QVERIFY(checkDiskRoom({}, 0));
}

void TestDiskRoom::looksInTheNearestFolder()
{
    const QTemporaryDir folder;
    for (const char *name : {"", "/new", "/new/{tag}/image.tar"}) {
        const DiskRoom room = diskRoomFor(folder.path() + QLatin1StringView(name));
        QCOMPARE(room.folder, folder.path());
        QVERIFY(room.bytes > 0);
    }
}

QTEST_GUILESS_MAIN(TestDiskRoom)
#include "tst_diskroom.moc"
