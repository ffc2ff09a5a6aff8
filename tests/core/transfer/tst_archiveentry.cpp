// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/archiveentry.h"
#include "support/gzip.h"
#include "support/writtenfile.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Form = LayerReader::Form;

class TestArchiveEntry : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesWhatTarReads();
    void writesTheSameBytesEachTime();
    void leavesNothingWhenAFileIsWrong_data();
    void leavesNothingWhenAFileIsWrong();
    void leavesNothingWhenItIsCancelled();
    void replacesOnlyWhatItMay();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        writtenFile(path(name), bytes);
    }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] ArchiveEntry entryOf(const QByteArray &bytes, const QByteArray &inflated,
                                       Form form) const
    {
        write(u"source"_s, bytes);
        return {"big", {}, path(u"source"_s), form, inflated.size(), Digest::ofBytes(inflated)};
    }
    [[nodiscard]] Result<Done> pack(const QList<ArchiveEntry> &entries, bool isCancelled = false,
                                    SafeFile::Existing existing = SafeFile::Existing::Keep) const
    {
        return writeArchive(path(u"a.tar"_s), entries, existing, CancelFlag(isCancelled));
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestArchiveEntry::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestArchiveEntry::writesWhatTarReads()
{
    const QByteArray large(700'000, 'x');
    QVERIFY(pack(
        {{"blobs/"}, {"blobs/small", "content"}, entryOf(gzipped(large), large, Form::Inflated)}));
    QProcess tar;
    tar.start(u"tar"_s, {u"-xf"_s, path(u"a.tar"_s), u"-C"_s, m_folder->path()});
    QVERIFY(tar.waitForFinished());
    QCOMPARE(tar.exitCode(), 0);
    QCOMPARE(content(u"blobs/small"_s), "content");
    QVERIFY(content(u"big"_s) == large);
}

void TestArchiveEntry::writesTheSameBytesEachTime()
{
    const QList<ArchiveEntry> entries{{"a", "content"}, entryOf("layer", "layer", Form::AsStored)};
    QVERIFY(pack(entries));
    const QByteArray first = content(u"a.tar"_s);
    QVERIFY(QFile::remove(path(u"a.tar"_s)));
    QVERIFY(pack(entries));
    QCOMPARE(content(u"a.tar"_s), first);
}

void TestArchiveEntry::leavesNothingWhenAFileIsWrong_data()
{
    QTest::addColumn<QByteArray>("stored");
    QTest::addColumn<Form>("form");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("other bytes") << QByteArray("contenT") << Form::AsStored << Kind::DigestMismatch;
    QTest::newRow("shorter") << QByteArray("conten") << Form::AsStored << Kind::DigestMismatch;
    QTest::newRow("longer") << QByteArray("contents") << Form::AsStored << Kind::SizeMismatch;
    QTest::newRow("other layer") << gzipped("contenT") << Form::Inflated << Kind::DigestMismatch;
    QTest::newRow("damaged layer")
        << gzipped("content").left(14) << Form::Inflated << Kind::Protocol;
}

void TestArchiveEntry::leavesNothingWhenAFileIsWrong()
{
    QFETCH(const QByteArray, stored);
    QFETCH(const Form, form);
    QFETCH(const Kind, kind);
    const auto packed = pack({{"a", "b"}, entryOf(stored, "content", form)});
    QVERIFY(!packed);
    QCOMPARE(packed.error().kind, kind);
    QCOMPARE(files(), QStringList{u"source"_s});
}

void TestArchiveEntry::leavesNothingWhenItIsCancelled()
{
    const auto packed = pack({entryOf("content", "content", Form::AsStored)}, true);
    QVERIFY(!packed);
    QCOMPARE(packed.error().kind, Kind::Cancelled);
    QCOMPARE(files(), QStringList{u"source"_s});
}

void TestArchiveEntry::replacesOnlyWhatItMay()
{
    write(u"a.tar"_s, "mine");
    const auto packed = pack({{"a", "b"}});
    QVERIFY(!packed);
    QCOMPARE(packed.error().kind, Kind::LocalFile);
    QCOMPARE(content(u"a.tar"_s), "mine");
    QVERIFY(pack({{"a", "b"}}, false, SafeFile::Existing::Replace));
    QVERIFY(content(u"a.tar"_s).size() > 1000);
}

QTEST_GUILESS_MAIN(TestArchiveEntry)
#include "tst_archiveentry.moc"
