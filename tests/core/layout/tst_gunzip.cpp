// SPDX-License-Identifier: Apache-2.0
#include "core/layout/gunzip.h"
#include "support/gzip.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestGunzip : public QObject
{
    Q_OBJECT

private slots:
    void unpacks_data();
    void unpacks();
    void refusesWhatIsDamaged_data();
    void refusesWhatIsDamaged();
    void endsWithTheErrorOfItsTaker();
    void stopsWhenCancelled();

private:
    [[nodiscard]] FileSlice slice(const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(u"file"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write("before" + bytes + "\x1f\x8b") < 0)
            qFatal("cannot write");
        file.close();
        return {*ReadableFile::open(file.fileName()), 6, bytes.size()};
    }
    [[nodiscard]] Result<QByteArray> unpacked(const QByteArray &bytes) const
    {
        QByteArray all;
        const auto done = gunzip(
            slice(bytes),
            [&](QByteArrayView piece) -> Result<Done> {
                all.append(piece);
                return Done();
            },
            CancelFlag(false));
        return done ? Result<QByteArray>(all) : done.error();
    }

    /// Bytes of which each says something.
    static QByteArray noise()
    {
        QByteArray bytes;
        for (quint32 i = 0; i < 400'000; ++i)
            bytes += char(((i * 2654435761U) >> 13) & 0xff);
        return bytes;
    }

    QTemporaryDir m_folder;
    const QByteArray m_bytes = QByteArray(600'000, 'a') + "and an end";
};

void TestGunzip::unpacks_data()
{
    QTest::addColumn<QByteArray>("compressed");
    QTest::addColumn<QByteArray>("plain");
    const QByteArray noise = TestGunzip::noise();
    const QByteArray empty("\x1f\x8b\x08\0\0\0\0\0\0\xff\x03\0\0\0\0\0\0\0\0\0", 20);
    QTest::newRow("nothing") << empty << QByteArray();
    QTest::newRow("one member") << gzipped(m_bytes) << m_bytes;
    QTest::newRow("more than a piece") << gzipped(noise) << noise;
    QTest::newRow("members") << QByteArray(gzipped("one") + empty + gzipped(noise))
                             << QByteArray("one" + noise);
    QTest::newRow("zeros behind") << QByteArray(gzipped(m_bytes) + QByteArray(300'000, '\0'))
                                  << m_bytes;
}

void TestGunzip::unpacks()
{
    QFETCH(const QByteArray, compressed);
    QFETCH(const QByteArray, plain);
    const auto result = unpacked(compressed);
    QVERIFY(result);
    QVERIFY(*result == plain);
}

void TestGunzip::refusesWhatIsDamaged_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto changed = [](qsizetype fromEnd) {
        QByteArray bytes = gzipped(noise());
        char &byte = bytes[bytes.size() - fromEnd];
        byte = char(byte ^ 0x55);
        return bytes;
    };
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a byte of the data") << changed(100);
    QTest::newRow("check sum") << changed(8);
    QTest::newRow("length") << changed(4);
    QTest::newRow("cut in the data") << gzipped(m_bytes).chopped(100);
    QTest::newRow("cut in its end") << gzipped(m_bytes).chopped(2);
    QTest::newRow("something behind") << QByteArray(gzipped(m_bytes) + "garbage");
    QTest::newRow("something behind zeros")
        << QByteArray(gzipped(m_bytes) + QByteArray(300'000, '\0') + "x");
    QTest::newRow("half a member behind")
        << QByteArray(gzipped(m_bytes) + gzipped(m_bytes).first(5));
    QTest::newRow("zlib") << qCompress(m_bytes).mid(4);
}

void TestGunzip::refusesWhatIsDamaged()
{
    QFETCH(const QByteArray, bytes);
    const auto result = unpacked(bytes);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::LocalFile);
    QVERIFY(result.error().message.contains(m_folder.filePath(u"file"_s)));
}

void TestGunzip::endsWithTheErrorOfItsTaker()
{
    int calls = 0;
    const auto take = [&](QByteArrayView) -> Result<Done> {
        ++calls;
        return Error{Kind::TooLarge, u"enough"_s};
    };
    const auto result = gunzip(slice(gzipped(m_bytes)), take, CancelFlag(false));
    QVERIFY(!result);
    QCOMPARE(result.error().message, u"enough"_s);
    QCOMPARE(calls, 1);
}

void TestGunzip::stopsWhenCancelled()
{
    const auto take = [](QByteArrayView) -> Result<Done> { return Done(); };
    const auto result = gunzip(slice(gzipped(m_bytes)), take, CancelFlag(true));
    QVERIFY(!result);
    QVERIFY(result.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestGunzip)
#include "tst_gunzip.moc"
