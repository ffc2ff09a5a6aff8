// SPDX-License-Identifier: Apache-2.0
#include "core/layout/tarwriter.h"

#include <QTest>

#include <archive.h>
#include <archive_entry.h>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// With libarchive as the judge, which had no part in the writing.
class TestTarWriter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesWhatOthersRead();
    void writesNamesOfAnyLength();
    void tellsSizesOfAnyLength();
    void writesLinksAndModes();
    void dependsOnNothingButTheContent();
    void knowsSizesBeforehand_data();
    void knowsSizesBeforehand();
    void refusesMoreThanWasSaid();
    void refusesLessThanWasSaid();
    void handsErrorsOver();

private:
    struct Entry
    {
        QByteArray name;
        QByteArray content;
        bool isFolder = false;

        friend bool operator==(const Entry &, const Entry &) = default;
    };

    [[nodiscard]] static QList<Entry> entriesOf(const QByteArray &tar);

    QByteArray m_tar;
    TarWriter m_writer{[this](QByteArrayView bytes) {
        m_tar.append(bytes);
        return Result<Done>(Done());
    }};
};

void TestTarWriter::init()
{
    m_tar.clear();
}

QList<TestTarWriter::Entry> TestTarWriter::entriesOf(const QByteArray &tar)
{
    QList<Entry> entries;
    archive *reader = archive_read_new();
    archive_read_support_format_tar(reader);
    archive_read_open_memory(reader, tar.constData(), static_cast<size_t>(tar.size()));
    archive_entry *entry = nullptr;
    int result = ARCHIVE_OK;
    while ((result = archive_read_next_header(reader, &entry)) == ARCHIVE_OK) {
        QByteArray content(archive_entry_size(entry), '\0');
        const bool isPlain = archive_entry_mtime(entry) == 0 && archive_entry_uid(entry) == 0
                             && archive_entry_gid(entry) == 0
                             && (archive_entry_perm(entry) & 0222) == 0200;
        if (!isPlain
            || archive_read_data(reader, content.data(), static_cast<size_t>(content.size()))
                   != content.size())
            break;
        entries.append(
            {archive_entry_pathname(entry), content, archive_entry_filetype(entry) == AE_IFDIR});
    }
    archive_read_free(reader);
    return result == ARCHIVE_EOF ? entries : QList<Entry>();
}

void TestTarWriter::writesWhatOthersRead()
{
    QVERIFY(m_writer.addFolder("blobs/"));
    QVERIFY(m_writer.addFile("blobs/a", "content"));
    QVERIFY(m_writer.beginFile("b", 1000));
    QVERIFY(m_writer.add(QByteArray(600, 'b')));
    QVERIFY(m_writer.add(QByteArray(400, 'b')));
    QVERIFY(m_writer.endFile());
    QVERIFY(m_writer.addFile("empty", {}));
    QVERIFY(m_writer.finish());
    QCOMPARE(m_tar.size() % 512, qsizetype(0));
    const QList<Entry> expected{
        {"blobs/", {}, true}, {"blobs/a", "content"}, {"b", QByteArray(1000, 'b')}, {"empty", {}}};
    QCOMPARE(entriesOf(m_tar), expected);
}

void TestTarWriter::writesNamesOfAnyLength()
{
    QList<Entry> expected;
    for (const int length : {1, 87, 88, 89, 99, 100, 101, 141, 300, 990, 1100}) {
        expected.append({QByteArray(length, 'n'), QByteArray::number(length)});
        QVERIFY(m_writer.addFile(expected.last().name, expected.last().content));
    }
    QVERIFY(m_writer.finish());
    QCOMPARE(entriesOf(m_tar), expected);
}

void TestTarWriter::tellsSizesOfAnyLength()
{
    const qint64 huge = 70LL * 1024 * 1024 * 1024;
    QVERIFY(m_writer.beginFile("huge", huge));
    archive *reader = archive_read_new();
    archive_read_support_format_tar(reader);
    archive_read_open_memory(reader, m_tar.constData(), static_cast<size_t>(m_tar.size()));
    archive_entry *entry = nullptr;
    QCOMPARE(archive_read_next_header(reader, &entry), ARCHIVE_OK);
    QCOMPARE(archive_entry_size(entry), huge);
    QCOMPARE(archive_entry_pathname(entry), "huge");
    archive_read_free(reader);
    QCOMPARE(TarWriter::sizeOfEntry("huge", huge), m_tar.size() + huge);
}

void TestTarWriter::writesLinksAndModes()
{
    const QByteArray target(150, 't');
    QVERIFY(m_writer.addLink("link", target));
    QVERIFY(m_writer.addFolder("tmp/", 01777));
    QVERIFY(m_writer.beginFile("run", 0, 0750));
    QVERIFY(m_writer.endFile());
    QVERIFY(m_writer.finish());
    archive *reader = archive_read_new();
    archive_read_support_format_tar(reader);
    archive_read_open_memory(reader, m_tar.constData(), static_cast<size_t>(m_tar.size()));
    archive_entry *entry = nullptr;
    QCOMPARE(archive_read_next_header(reader, &entry), ARCHIVE_OK);
    QVERIFY(archive_entry_filetype(entry) == AE_IFLNK);
    QCOMPARE(archive_entry_symlink(entry), target.constData());
    QCOMPARE(archive_read_next_header(reader, &entry), ARCHIVE_OK);
    QCOMPARE(archive_entry_perm(entry), 01777U);
    QCOMPARE(archive_read_next_header(reader, &entry), ARCHIVE_OK);
    QCOMPARE(archive_entry_perm(entry), 0750U);
    archive_read_free(reader);
}

void TestTarWriter::dependsOnNothingButTheContent()
{
    QVERIFY(m_writer.addFile(QByteArray(150, 'n'), "content"));
    QVERIFY(m_writer.finish());
    const QByteArray first = std::exchange(m_tar, {});
    QVERIFY(m_writer.addFile(QByteArray(150, 'n'), "content"));
    QVERIFY(m_writer.finish());
    QCOMPARE(m_tar, first);
}

void TestTarWriter::knowsSizesBeforehand_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("size");
    QTest::newRow("empty") << QByteArray("a") << 0;
    QTest::newRow("one byte") << QByteArray("a") << 1;
    QTest::newRow("one block") << QByteArray("a") << 512;
    QTest::newRow("more than a block") << QByteArray("a") << 513;
    QTest::newRow("long name") << QByteArray(101, 'a') << 5;
    QTest::newRow("very long name") << QByteArray(600, 'a') << 5;
}

void TestTarWriter::knowsSizesBeforehand()
{
    QFETCH(const QByteArray, name);
    QFETCH(const int, size);
    QVERIFY(m_writer.addFile(name, QByteArray(size, 'x')));
    QCOMPARE(TarWriter::sizeOfEntry(name, size), m_tar.size());
    QVERIFY(m_writer.finish());
    QCOMPARE(TarWriter::sizeOfEntry(name, size) + TarWriter::sizeOfEnd, m_tar.size());
}

void TestTarWriter::refusesMoreThanWasSaid()
{
    QVERIFY(m_writer.beginFile("a", 3));
    QVERIFY(m_writer.add("ab"));
    const auto added = m_writer.add("cd");
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Kind::SizeMismatch);
}

void TestTarWriter::refusesLessThanWasSaid()
{
    QVERIFY(m_writer.beginFile("a", 3));
    QVERIFY(m_writer.add("ab"));
    const auto ended = m_writer.endFile();
    QVERIFY(!ended);
    QCOMPARE(ended.error().kind, Kind::SizeMismatch);
}

void TestTarWriter::handsErrorsOver()
{
    TarWriter writer([](QByteArrayView) { return Error{Kind::LocalFile, u"full"_s}; });
    const auto added = writer.addFile("a", "b");
    QVERIFY(!added);
    QCOMPARE(added.error().message, u"full"_s);
}

QTEST_GUILESS_MAIN(TestTarWriter)
#include "tst_tarwriter.moc"
