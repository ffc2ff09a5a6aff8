// SPDX-License-Identifier: Apache-2.0
#include "core/layout/fileslice.h"

#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Longshore;
using namespace Qt::StringLiterals;

class TestFileSlice : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsAtAnyPlace();
    void endsWhereTheSliceEnds();
    void readsNothingTooLarge();
    void noticesThatTheFileIsShorter();
    void staysWithTheFileThatWasOpened();
    void opensNothingButRegularFiles_data();
    void opensNothingButRegularFiles();

private:
    [[nodiscard]] QString path(const QString &name = u"file"_s) const
    {
        return m_folder->filePath(name);
    }
    void write(const QByteArray &bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFileSlice::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write("0123456789");
}

void TestFileSlice::readsAtAnyPlace()
{
    const auto file = ReadableFile::open(path());
    QVERIFY(file);
    QCOMPARE((*file)->size(), qint64(10));
    QCOMPARE(*FileSlice::whole(*file).readAll(10), "0123456789");
    QCOMPARE(*(FileSlice{*file, 7, 3}.readAll(10)), "789");
    QCOMPARE(*(FileSlice{*file, 2, 3}.readAll(10)), "234");
    QCOMPARE(*(FileSlice{*file, 10, 0}.readAll(10)), "");
}

void TestFileSlice::endsWhereTheSliceEnds()
{
    const auto file = ReadableFile::open(path());
    QVERIFY(file);
    QByteArray bytes(20, '.');
    const auto count = FileSlice{*file, 2, 3}.read(1, bytes.data(), bytes.size());
    QVERIFY(count);
    QCOMPARE(bytes.first(*count), "34");
}

void TestFileSlice::readsNothingTooLarge()
{
    const auto file = ReadableFile::open(path());
    QVERIFY(file);
    const auto bytes = FileSlice{*file, 0, 5}.readAll(4);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().kind, Error::Kind::TooLarge);
}

void TestFileSlice::noticesThatTheFileIsShorter()
{
    const auto file = ReadableFile::open(path());
    QVERIFY(file);
    write("0123");
    const auto bytes = FileSlice::whole(*file).readAll(10);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().kind, Error::Kind::LocalFile);
}

void TestFileSlice::staysWithTheFileThatWasOpened()
{
    const auto file = ReadableFile::open(path());
    QVERIFY(file);
    QVERIFY(QFile::remove(path()));
    write("another one");
    QCOMPARE(*FileSlice::whole(*file).readAll(10), "0123456789");
}

void TestFileSlice::opensNothingButRegularFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("nothing") << u"nothing"_s << Error::Kind::NotFound;
    QTest::newRow("below a file") << u"file/below"_s << Error::Kind::NotFound;
    QTest::newRow("a folder") << u"."_s << Error::Kind::LocalFile;
    QTest::newRow("a link") << u"link"_s << Error::Kind::LocalFile;
    QTest::newRow("a pipe") << u"pipe"_s << Error::Kind::LocalFile;
}

void TestFileSlice::opensNothingButRegularFiles()
{
    QFETCH(const QString, name);
    QFETCH(const Error::Kind, kind);
#ifndef Q_OS_UNIX
    QSKIP("needs Unix");
#else
    QVERIFY(QFile::link(path(), path(u"link"_s)));
    QCOMPARE(::mkfifo(QFile::encodeName(path(u"pipe"_s)).constData(), 0600), 0);
    const auto file = ReadableFile::open(path(name));
    QVERIFY(!file);
    QCOMPARE(file.error().kind, kind);
#endif
}

QTEST_GUILESS_MAIN(TestFileSlice)
#include "tst_fileslice.moc"
