// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/filecontent.h"

#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/mman.h>
#include <sys/stat.h>
#endif

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestFileContent : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void makesTheDigest();
    void takesAnEmptyFile(); // UPL-22
    void takesNothingButRegularFiles_data(); // UPL-22
    void takesNothingButRegularFiles();
    void readsPartsInAnyOrder();
    void readsAPartAgain();
    void endsBeforeTheLastByteOfAnotherFile(); // UPL-20
    void noticesThatTheFileWasTouched_data(); // UPL-20
    void noticesThatTheFileWasTouched();
    void looksTwiceWhereTheStampTellsNothing_data(); // UPL-20
    void looksTwiceWhereTheStampTellsNothing();
    void believesNobodyAboutTheDigest_data();
    void believesNobodyAboutTheDigest();
    void wantsADigestThatCanBeChecked();
    void stopsWhenCancelled();

private:
    void write(const QByteArray &bytes) const
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    [[nodiscard]] Result<std::shared_ptr<FileContent>> open() const
    {
        return FileContent::open(m_path, CancelFlag(false));
    }
    /// Everything that a part gives, in small pieces.
    static Result<QByteArray> readAll(ByteSource &part)
    {
        if (const auto begun = part.begin(); !begun)
            return begun.error();
        QByteArray all;
        QByteArray piece(1000, '\0');
        while (all.size() < part.size()) {
            const qint64 wanted = qMin<qint64>(piece.size(), part.size() - all.size());
            const auto count = part.read(piece.data(), wanted);
            if (!count)
                return count.error();
            all += piece.first(*count);
        }
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    const QByteArray m_bytes = QByteArray(3'000, 'a') + QByteArray(2'500, 'b');
};

void TestFileContent::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"file"_s);
    write(m_bytes);
}

void TestFileContent::makesTheDigest()
{
    const auto content = open();
    QVERIFY(content);
    QCOMPARE((*content)->digest(), Digest::ofBytes(m_bytes));
    QCOMPARE((*content)->size(), m_bytes.size());
    const auto all = readAll(*(*content)->part(0, m_bytes.size()));
    QVERIFY(all);
    QCOMPARE(*all, m_bytes);
}

void TestFileContent::takesAnEmptyFile()
{
    write({});
    const auto content = open();
    QVERIFY(content);
    QCOMPARE((*content)->digest(), Digest::ofBytes({}));
    QCOMPARE((*content)->size(), 0);
}

void TestFileContent::takesNothingButRegularFiles_data()
{
    QTest::addColumn<QString>("what");
    for (const auto *what :
         {"nothing", "a folder", "a pipe", "a device", "a file of somebody else"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestFileContent::takesNothingButRegularFiles()
{
    QFETCH(QString, what);
    if (what != "a file of somebody else"_L1)
        QVERIFY(QFile::remove(m_path));
    if (what == "a folder"_L1)
        QVERIFY(QDir().mkdir(m_path));
    if (what == "a device"_L1)
        QVERIFY(QFile::link(u"/dev/zero"_s, m_path));
#ifdef Q_OS_UNIX
    if (what == "a pipe"_L1)
        QCOMPARE(::mkfifo(QFile::encodeName(m_path).constData(), 0600), 0);
    if (what == "a file of somebody else"_L1) {
        QFile::setPermissions(m_path, {});
        if (QFile file(m_path); file.open(QIODevice::ReadOnly))
            QSKIP("who runs this may read everything");
    }
#endif
    const auto content = open();
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::LocalFile);
    QVERIFY(content.error().message.contains(m_path));
}

void TestFileContent::readsPartsInAnyOrder()
{
    const auto content = open();
    QVERIFY(content);
    // The last one first: what is before it is hashed all the same.
    for (const qint64 offset : {4'000, 0, 2'000, 4'000}) {
        const qint64 size = qMin<qint64>(2'000, m_bytes.size() - offset);
        const auto part = readAll(*(*content)->part(offset, size));
        QVERIFY2(part, part ? "" : qPrintable(part.error().message));
        QCOMPARE(*part, m_bytes.mid(offset, size));
    }
}

void TestFileContent::readsAPartAgain()
{
    const auto content = open();
    QVERIFY(content);
    const auto part = (*content)->part(0, m_bytes.size());
    for (int i = 0; i < 2; ++i) {
        const auto all = readAll(*part);
        QVERIFY(all);
        QCOMPARE(*all, m_bytes);
    }
}

void TestFileContent::endsBeforeTheLastByteOfAnotherFile()
{
    const auto content = open();
    QVERIFY(content);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write("c"); // In place; only its first byte is another one.
    file.close();
    const auto part = (*content)->part(0, m_bytes.size());
    QVERIFY(part->begin());
    QByteArray piece(m_bytes.size(), '\0');
    const auto most = part->read(piece.data(), m_bytes.size() - 1);
    QVERIFY(most);
    const auto last = part->read(piece.data(), 1);
    QVERIFY(!last);
    QCOMPARE(last.error().kind, Error::Kind::Changed);
}

void TestFileContent::noticesThatTheFileWasTouched_data()
{
    QTest::addColumn<std::chrono::seconds>("tick");
    QTest::newRow("of late") << std::chrono::seconds(3600);
    QTest::newRow("long ago") << std::chrono::seconds(0);
}

void TestFileContent::noticesThatTheFileWasTouched()
{
    QFETCH(std::chrono::seconds, tick);
    const auto content = FileContent::open(m_path, CancelFlag(false), tick);
    QVERIFY(content);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::fromSecsSinceEpoch(1), QFileDevice::FileModificationTime));
    const auto all = readAll(*(*content)->part(0, m_bytes.size()));
    QVERIFY(!all);
    QCOMPARE(all.error().kind, Error::Kind::Changed);
}

void TestFileContent::looksTwiceWhereTheStampTellsNothing_data()
{
    QTest::addColumn<std::chrono::seconds>("tick");
    QTest::addColumn<bool>("isNoticedAtOnce");
    QTest::newRow("written of late") << std::chrono::seconds(3600) << true;
    // Then it is for the registry to notice, and what is sent again is looked at.
    QTest::newRow("written long ago") << std::chrono::seconds(0) << false;
}

void TestFileContent::looksTwiceWhereTheStampTellsNothing()
{
#ifdef Q_OS_LINUX
    QFETCH(std::chrono::seconds, tick);
    QFETCH(bool, isNoticedAtOnce);
    QTemporaryDir folder(u"/dev/shm/tst_filecontent-XXXXXX"_s);
    if (!folder.isValid())
        QSKIP("there is no file system in memory");
    m_path = folder.filePath(u"file"_s);
    write(m_bytes);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    uchar *mapped = file.map(0, m_bytes.size());
    QVERIFY(mapped != nullptr);
    mapped[0] = 'a'; // In memory, only the first writing into a page leaves a time.
    const auto content = FileContent::open(m_path, CancelFlag(false), tick);
    QVERIFY(content);
    mapped[0] = 'c';
    const auto part = (*content)->part(0, m_bytes.size());
    const auto first = readAll(*part);
    QCOMPARE(bool(first), !isNoticedAtOnce);
    const auto second = readAll(*part);
    QVERIFY(!second);
    QCOMPARE(second.error().kind, Error::Kind::Changed);
#else
    QSKIP("no file system is known here that lets bytes change unseen");
#endif
}

void TestFileContent::believesNobodyAboutTheDigest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Digest>("digest");
    QTest::addColumn<bool>("isRight");
    const auto sha512 = Hasher::Algorithm::Sha512;
    QTest::newRow("right") << m_bytes << Digest::ofBytes(m_bytes) << true;
    QTest::newRow("right, sha512") << m_bytes << Digest::ofBytes(m_bytes, sha512) << true;
    QTest::newRow("wrong") << m_bytes << Digest::ofBytes("other") << false;
    QTest::newRow("wrong, sha512") << m_bytes << Digest::ofBytes("other", sha512) << false;
    QTest::newRow("of no bytes") << QByteArray() << Digest::ofBytes({}) << true;
    QTest::newRow("of no bytes, wrong") << QByteArray() << Digest::ofBytes("other") << false;
}

void TestFileContent::believesNobodyAboutTheDigest()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Digest, digest);
    QFETCH(bool, isRight);
    write(bytes);
    const auto read = [&]() -> Result<QByteArray> {
        const auto content = FileContent::openAs(digest, m_path);
        if (!content)
            return content.error();
        return readAll(*(*content)->part(0, bytes.size()));
    };
    const auto all = read();
    QCOMPARE(bool(all), isRight);
    if (isRight)
        QCOMPARE(*all, bytes);
    else
        QCOMPARE(all.error().kind, Error::Kind::DigestMismatch);
}

void TestFileContent::wantsADigestThatCanBeChecked()
{
    const auto digest = Digest::parse(QString(u"blake3:" + QString(64, u'a')));
    QVERIFY(digest);
    const auto content = FileContent::openAs(*digest, m_path);
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::Unsupported);
}

void TestFileContent::stopsWhenCancelled()
{
    const auto content = FileContent::open(m_path, CancelFlag(true));
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::Cancelled);
}

QTEST_GUILESS_MAIN(TestFileContent)
#include "tst_filecontent.moc"
