// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/slicecontent.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

class TestSliceContent : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsTheWhole();
    void readsPartsInAnyOrder();
    void takesAnEmptyBlob();
    void endsBeforeTheLastByteOfSomethingElse();
    void wantsTheSizeAndADigestThatCanBeChecked();

private:
    [[nodiscard]] FileSlice slice() const
    {
        return {*ReadableFile::open(m_path), 6, m_bytes.size()};
    }
    [[nodiscard]] static Descriptor describe(const QByteArray &bytes)
    {
        return {{}, Digest::ofBytes(bytes), bytes.size()};
    }
    void write(const QByteArray &bytes) const
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("before" + bytes + "behind");
    }
    /// Everything that a part gives, in small pieces; how many bytes came before an error.
    static Result<QByteArray> readAll(ByteSource &part, qsizetype *arrived = nullptr)
    {
        if (const auto begun = part.begin(); !begun)
            return begun.error();
        QByteArray all;
        QByteArray piece(1000, '\0');
        while (all.size() < part.size()) {
            const auto count =
                part.read(piece.data(), qMin<qint64>(piece.size(), part.size() - all.size()));
            if (arrived)
                *arrived = all.size();
            if (!count)
                return count.error();
            all += piece.first(*count);
        }
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    const QByteArray m_bytes = QByteArray(300'000, 'a') + QByteArray(2'500, 'b');
};

void TestSliceContent::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"file"_s);
    write(m_bytes);
}

void TestSliceContent::readsTheWhole()
{
    const auto content = SliceContent::open(describe(m_bytes), slice());
    QVERIFY(content);
    QCOMPARE((*content)->size(), m_bytes.size());
    for (int i = 0; i < 2; ++i) // Once more, as after a broken connection.
        QVERIFY(*readAll(*(*content)->part(0, m_bytes.size())) == m_bytes);
}

void TestSliceContent::readsPartsInAnyOrder()
{
    const auto content = SliceContent::open(describe(m_bytes), slice());
    QVERIFY(content);
    const qint64 end = m_bytes.size();
    for (const auto &[from, to] : QList<std::pair<qint64, qint64>>{
             {0, 1000}, {1000, 5000}, {290'000, end}, {700, 900}, {900, end}, {end - 1, end}})
        QVERIFY(*readAll(*(*content)->part(from, to - from)) == m_bytes.mid(from, to - from));
}

void TestSliceContent::takesAnEmptyBlob()
{
    const FileSlice empty{slice().file, 6, 0};
    QVERIFY(SliceContent::open(describe({}), empty));
    const auto wrong = SliceContent::open({{}, Digest::ofBytes("x"), 0}, empty);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, Kind::DigestMismatch);
}

void TestSliceContent::endsBeforeTheLastByteOfSomethingElse()
{
    const auto content = SliceContent::open(describe(m_bytes), slice());
    QVERIFY(content);
    write(QByteArray(m_bytes).replace(0, 1, "X"));
    qsizetype arrived = 0;
    const auto whole = readAll(*(*content)->part(0, m_bytes.size()), &arrived);
    QVERIFY(!whole);
    QCOMPARE(whole.error().kind, Kind::DigestMismatch);
    QVERIFY(arrived < m_bytes.size());
    // Nor when what is wrong was sent before.
    const auto last = readAll(*(*content)->part(m_bytes.size() - 10, 10), &arrived);
    QVERIFY(!last);
    QCOMPARE(last.error().kind, Kind::DigestMismatch);
    QCOMPARE(arrived, qsizetype(0));
}

void TestSliceContent::wantsTheSizeAndADigestThatCanBeChecked()
{
    Descriptor blob = describe(m_bytes);
    blob.size += 1;
    QCOMPARE(SliceContent::open(blob, slice()).error().kind, Kind::SizeMismatch);
    blob = {{}, *Digest::parse(u"multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL"), m_bytes.size()};
    QCOMPARE(SliceContent::open(blob, slice()).error().kind, Kind::Unsupported);
}

QTEST_GUILESS_MAIN(TestSliceContent)
#include "tst_slicecontent.moc"
