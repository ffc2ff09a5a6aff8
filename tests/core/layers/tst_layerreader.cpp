// SPDX-License-Identifier: Apache-2.0
#include "core/layers/layerreader.h"
#include "support/gzip.h"
#include "support/zstd.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestLayerReader : public QObject
{
    Q_OBJECT

private slots:
    void takesOffWhatTheFirstBytesTell_data();
    void takesOffWhatTheFirstBytesTell();
    void givesStoredBytesWhenTheyAreWanted();
    void refusesOtherCompressions_data();
    void refusesOtherCompressions();
    void saysThatALayerIsDamaged_data();
    void saysThatALayerIsDamaged();
    void endsWhatBecomesTooLarge_data();
    void endsWhatBecomesTooLarge();
    void takesSmallLayersThatCompressWell();
    void refusesWhatIsNoRegularFile();

private:
    [[nodiscard]] QString write(const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(u"layer"_s));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)
            || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return file.fileName();
    }
    [[nodiscard]] static Result<QByteArray> readAll(LayerReader &reader)
    {
        if (const auto opened = reader.open(); !opened)
            return opened.error();
        QByteArray all;
        while (true) {
            const auto piece = reader.read();
            if (!piece)
                return piece.error();
            if (piece->isEmpty())
                return all;
            all.append(*piece);
        }
    }
    [[nodiscard]] Result<QByteArray> read(const QByteArray &bytes, const LayerLimits &limits = {})
    {
        LayerReader reader(write(bytes), LayerReader::Form::Inflated, limits);
        return readAll(reader);
    }

    QTemporaryDir m_folder;
};

void TestLayerReader::takesOffWhatTheFirstBytesTell_data()
{
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<QByteArray>("content");
    QByteArray tar;
    for (int i = 0; i < 200'000; ++i)
        tar += QByteArray::number(i);
    const QByteArray skippable("\x50\x2a\x4d\x18\x03\0\0\0abc", 11);
    QTest::newRow("plain") << tar << tar;
    QTest::newRow("gzip") << gzipped(tar) << tar;
    QTest::newRow("zstd") << zstdCompressed(tar) << tar;
    QTest::newRow("several members")
        << QByteArray(gzipped(tar) + gzipped("more")) << QByteArray(tar + "more");
    QTest::newRow("several frames")
        << QByteArray(zstdCompressed(tar) + skippable + zstdCompressed("more"))
        << QByteArray(tar + "more");
    QTest::newRow("a frame to skip first") << QByteArray(skippable + zstdCompressed(tar)) << tar;
    QTest::newRow("only once") << gzipped(gzipped("inside")) << gzipped("inside");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("a few bytes") << QByteArray("\x1f") << QByteArray("\x1f");
}

void TestLayerReader::takesOffWhatTheFirstBytesTell()
{
    QFETCH(const QByteArray, stored);
    QFETCH(const QByteArray, content);
    const auto bytes = read(stored);
    QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error().message + bytes.error().detail));
    QVERIFY(*bytes == content);
}

void TestLayerReader::givesStoredBytesWhenTheyAreWanted()
{
    const QByteArray stored = gzipped("content");
    LayerReader reader(write(stored), LayerReader::Form::AsStored);
    const auto bytes = readAll(reader);
    QVERIFY(bytes);
    QCOMPARE(*bytes, stored);
}

void TestLayerReader::refusesOtherCompressions_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("xz") << QByteArray("\xfd"
                                      "7zXZ\0",
                                      6);
    QTest::newRow("bzip2") << QByteArray("BZh9");
    QTest::newRow("zip") << QByteArray("PK\x03\x04");
}

void TestLayerReader::refusesOtherCompressions()
{
    QFETCH(const QByteArray, start);
    const auto bytes = read(start + QByteArray(100, 'x'));
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().kind, Kind::Unsupported);
    QVERIFY(bytes.error().message.contains(QLatin1StringView(QTest::currentDataTag())));
}

void TestLayerReader::saysThatALayerIsDamaged_data()
{
    QTest::addColumn<QByteArray>("stored");
    QByteArray text;
    for (int i = 0; i < 50'000; ++i)
        text += QByteArray::number(i * 7919);
    const QByteArray gzip = gzipped(text);
    const QByteArray zstd = zstdCompressed(text);
    QTest::newRow("gzip that ends") << gzip.left(gzip.size() / 2);
    QTest::newRow("zstd that ends") << zstd.left(zstd.size() / 2);
    QTest::newRow("gzip of nothing") << QByteArray("\x1f\x8b");
    QTest::newRow("zstd of nothing") << QByteArray("\x28\xb5\x2f\xfd");
    QTest::newRow("gzip with other bytes")
        << QByteArray(gzip.left(1000) + QByteArray(500, '\xff') + gzip.mid(1500));
    QTest::newRow("zstd with other bytes")
        << QByteArray(zstd.left(6) + QByteArray(500, '\xff') + zstd.mid(506));
    // A frame that asks for a window of 2 GiB.
    QTest::newRow("window") << QByteArray("\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00", 9);
}

void TestLayerReader::saysThatALayerIsDamaged()
{
    QFETCH(const QByteArray, stored);
    const auto bytes = read(stored);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().kind, Kind::Protocol);
    QVERIFY(!bytes.error().message.isEmpty());
}

void TestLayerReader::endsWhatBecomesTooLarge_data()
{
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<qint64>("ratio");
    const QByteArray zeros(2'000'000, '\0');
    QTest::newRow("ratio of gzip") << gzipped(zeros) << qint64(100'000'000) << qint64(100);
    QTest::newRow("ratio of zstd") << zstdCompressed(zeros) << qint64(100'000'000) << qint64(100);
    QTest::newRow("size") << gzipped(zeros) << qint64(1'999'999) << qint64(100'000);
}

void TestLayerReader::endsWhatBecomesTooLarge()
{
    QFETCH(const QByteArray, stored);
    QFETCH(const qint64, bytes);
    QFETCH(const qint64, ratio);
    const auto all = read(stored, {bytes, ratio, 1'000'000});
    QVERIFY(!all);
    QCOMPARE(all.error().kind, Kind::TooLarge);
}

void TestLayerReader::takesSmallLayersThatCompressWell()
{
    const QByteArray zeros(1'000'000, '\0');
    const auto all = read(gzipped(zeros), {1'000'000, 2, 1'000'000});
    QVERIFY(all);
    QCOMPARE(all->size(), zeros.size());
}

void TestLayerReader::refusesWhatIsNoRegularFile()
{
    const QString link = m_folder.filePath(u"link"_s);
    QVERIFY(QFile::link(write("layer"), link));
    for (const QString &path : {m_folder.path(), m_folder.filePath(u"absent"_s), link}) {
        LayerReader reader(path);
        const auto opened = reader.open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, Kind::LocalFile);
    }
}

QTEST_GUILESS_MAIN(TestLayerReader)
#include "tst_layerreader.moc"
