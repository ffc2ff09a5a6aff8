// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/filecontent.h"

#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
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
    void noticesThatTheFileWasTouched(); // UPL-20
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

void TestFileContent::noticesThatTheFileWasTouched()
{
    const auto content = open();
    QVERIFY(content);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::fromSecsSinceEpoch(1), QFileDevice::FileModificationTime));
    const auto all = readAll(*(*content)->part(0, m_bytes.size()));
    QVERIFY(!all);
    QCOMPARE(all.error().kind, Error::Kind::Changed);
}

void TestFileContent::stopsWhenCancelled()
{
    const auto content = FileContent::open(m_path, CancelFlag(true));
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::Cancelled);
}

QTEST_GUILESS_MAIN(TestFileContent)
#include "tst_filecontent.moc"
