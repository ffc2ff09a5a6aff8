// SPDX-License-Identifier: Apache-2.0
#include "core/layout/unpack.h"
#include "support/gzip.h"
#include "support/smallfilesystem.h"
#include "support/testarchive.h"
#include "support/writtenfile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestUnpack : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { qunsetenv("TMPDIR"); }
    void goesByTheFirstBytes_data();
    void goesByTheFirstBytes();
    void unpacks_data();
    void unpacks();
    void readsEveryMember();
    void keepsWhatItUnpackedToItself();
    void refusesDamagedData_data();
    void refusesDamagedData();
    void refusesBombs_data();
    void refusesBombs();
    void leavesRoomToOthers();
    void saysWhenTheDiskIsFull();
    void stopsWhenCancelled();

private:
    [[nodiscard]] FileSlice slice(const QByteArray &bytes) const
    {
        const QString file = writtenFile(m_folder->filePath(u"file"_s), bytes);
        return FileSlice::whole(*ReadableFile::open(file));
    }
    [[nodiscard]] Result<QByteArray> unpacked(const QByteArray &bytes,
                                              const UnpackLimits &limits = {}) const
    {
        const auto file = unpackToFile(slice(bytes), limits, CancelFlag(false));
        return file ? file->readAll(100'000'000) : file.error();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    const QByteArray m_bytes = QByteArray(200'000, 'a') + "and an end";
};

void TestUnpack::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestUnpack::goesByTheFirstBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Compression>("compression");
    QTest::newRow("nothing") << QByteArray() << Compression::None;
    QTest::newRow("one byte") << QByteArray("\x1f") << Compression::None;
    QTest::newRow("tar") << TestArchive().add("a", "x").bytes() << Compression::None;
    QTest::newRow("gzip") << gzipped("x") << Compression::Gzip;
    QTest::newRow("zstd") << zstdStored("x") << Compression::Zstd;
    QTest::newRow("bzip2") << QByteArray("BZh91AY") << Compression::Other;
    QTest::newRow("xz") << QByteArray("\xfd\x37\x7a\x58\x5a\0more", 10) << Compression::Other;
}

void TestUnpack::goesByTheFirstBytes()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Compression, compression);
    QCOMPARE(*compressionOf(slice(bytes)), compression);
}

void TestUnpack::unpacks_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("gzip") << gzipped(m_bytes);
    QTest::newRow("zstd") << zstdStored(m_bytes);
}

void TestUnpack::unpacks()
{
    QFETCH(const QByteArray, bytes);
    const auto result = unpacked(bytes);
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QVERIFY(*result == m_bytes);
}

void TestUnpack::readsEveryMember()
{
    QVERIFY(*unpacked(gzipped("one") + gzipped(m_bytes)) == "one" + m_bytes);
    QVERIFY(*unpacked(zstdStored("one") + zstdStored(m_bytes)) == "one" + m_bytes);
}

void TestUnpack::keepsWhatItUnpackedToItself()
{
    const QTemporaryDir temporary;
    qputenv("TMPDIR", QFile::encodeName(temporary.path()));
    {
        const auto file = unpackToFile(slice(gzipped(m_bytes)), {}, CancelFlag(false));
        QVERIFY(file);
        QCOMPARE(file->file->name(), m_folder->filePath(u"file"_s)); // What people know.
        for (const QFileInfo &info :
             QDir(temporary.path()).entryInfoList(QDir::Files | QDir::Hidden))
            QCOMPARE(info.permissions() & (QFile::ReadGroup | QFile::ReadOther),
                     QFile::Permissions());
    }
    QVERIFY(QDir(temporary.path()).isEmpty());
}

void TestUnpack::refusesDamagedData_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("cut gzip") << gzipped(m_bytes).chopped(20);
    QTest::newRow("cut zstd") << zstdStored(m_bytes).chopped(20);
    QTest::newRow("only a beginning") << QByteArray("\x28\xb5\x2f\xfd");
    // Asks for a window of 2 GiB.
    QTest::newRow("window of zstd") << QByteArray("\x28\xb5\x2f\xfd\0\xa8\x01\0\0", 9);
}

void TestUnpack::refusesDamagedData()
{
    QFETCH(const QByteArray, bytes);
    const auto result = unpacked(bytes);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::LocalFile);
}

void TestUnpack::refusesBombs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<UnpackLimits>("limits");
    QTest::newRow("too large") << gzipped(m_bytes) << UnpackLimits{.mostBytes = 100'000};
    QTest::newRow("a thousand for one") << zstdZeros(1000) << UnpackLimits{};
}

void TestUnpack::refusesBombs()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const UnpackLimits, limits);
    const auto result = unpacked(bytes, limits);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::TooLarge);
}

void TestUnpack::leavesRoomToOthers()
{
    const auto result = unpacked(gzipped(m_bytes), {.spareRoom = 1LL << 60});
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::LocalFile);
    QVERIFY(result.error().message.contains(u"room"_s));
}

void TestUnpack::saysWhenTheDiskIsFull()
{
    const SmallFileSystem disk;
    if (!disk.isMounted())
        QSKIP("mounting is not allowed here");
    qputenv("TMPDIR", QFile::encodeName(disk.path()));
    const auto result = unpacked(zstdStored(QByteArray(3'000'000, 'x')), {.spareRoom = 0});
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::LocalFile);
    QVERIFY(result.error().message.contains(u"room"_s));
    QVERIFY(QDir(disk.path()).isEmpty());
}

void TestUnpack::stopsWhenCancelled()
{
    const auto file = unpackToFile(slice(gzipped(m_bytes)), {}, CancelFlag(true));
    QVERIFY(!file);
    QVERIFY(file.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestUnpack)
#include "tst_unpack.moc"
