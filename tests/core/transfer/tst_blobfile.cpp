// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/blobfile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Existing = SafeFile::Existing;
using Kind = Error::Kind;

class TestBlobFile : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void getsItsNameWhenEverythingIsRight_data();
    void getsItsNameWhenEverythingIsRight();
    void refusesOtherContent_data();
    void refusesOtherContent();
    void refusesTheFirstByteTooMany();
    void refusesAStreamOfAnotherSize();
    void goesOnWhereTheStreamBroke();
    void beginsAgainWhenTheStreamDoes();
    void refusesAnotherPart_data();
    void refusesAnotherPart();
    void throwsAwayWhatArrived();
    void refusesADigestThatNobodyCanCheck();
    void keepsOrReplacesWhatHasTheName_data();
    void keepsOrReplacesWhatHasTheName();
    void leavesNothingBehindUnlessItIsFinished();

private:
    [[nodiscard]] std::unique_ptr<BlobFile> blob(const Digest &digest, qint64 size) const
    {
        auto file = std::make_unique<BlobFile>(path(), digest, size, Existing::Keep);
        if (const auto opened = file->open(); !opened)
            qFatal("cannot open: %s", qPrintable(opened.error().message));
        return file;
    }
    [[nodiscard]] QString path() const { return m_folder->filePath(u"blob"_s); }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
    }
    static Kind kindOf(const Result<Done> &result)
    {
        return result ? Kind::Cancelled : result.error().kind;
    }

    const Digest m_digest = Digest::ofBytes("hello world");
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBlobFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestBlobFile::getsItsNameWhenEverythingIsRight_data()
{
    QTest::addColumn<QString>("digest");
    QTest::addColumn<qint64>("size");
    QTest::addColumn<qint64>("total"); // As the server names it.
    const Digest sha512 = Digest::ofBytes("hello world", Hasher::Algorithm::Sha512);
    QTest::newRow("size known") << m_digest.toString() << qint64(11) << qint64(11);
    QTest::newRow("size not named by the server")
        << m_digest.toString() << qint64(11) << qint64(-1);
    QTest::newRow("size not known") << m_digest.toString() << qint64(-1) << qint64(-1);
    QTest::newRow("DAT-07 sha512") << sha512.toString() << qint64(11) << qint64(11);
}

void TestBlobFile::getsItsNameWhenEverythingIsRight()
{
    QFETCH(const QString, digest);
    QFETCH(const qint64, size);
    QFETCH(const qint64, total);
    const auto file = blob(*Digest::parse(digest), size);
    QVERIFY(file->begin(0, total));
    QVERIFY(file->write("hello "));
    QVERIFY(!QFile::exists(path()));
    QVERIFY(file->write("world"));
    QCOMPARE(file->position(), qint64(11));
    QVERIFY(file->finish());
    QCOMPARE(content(), "hello world");
    QCOMPARE(files(), QStringList{u"blob"_s});
}

void TestBlobFile::refusesOtherContent_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("size");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("same size") << QByteArray("hello World") << qint64(11) << Kind::DigestMismatch;
    QTest::newRow("cut") << QByteArray("hello") << qint64(11) << Kind::SizeMismatch;
    QTest::newRow("cut, no size") << QByteArray("hello") << qint64(-1) << Kind::DigestMismatch;
    QTest::newRow("nothing") << QByteArray() << qint64(11) << Kind::SizeMismatch;
    QTest::newRow("right, wrong size")
        << QByteArray("hello world") << qint64(12) << Kind::SizeMismatch;
}

void TestBlobFile::refusesOtherContent()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const qint64, size);
    QFETCH(const Kind, kind);
    {
        const auto file = blob(m_digest, size);
        QVERIFY(file->begin(0, -1));
        QVERIFY(file->write(bytes));
        QCOMPARE(kindOf(file->finish()), kind);
        QVERIFY(!QFile::exists(path()));
    }
    QCOMPARE(files(), QStringList());
}

void TestBlobFile::refusesTheFirstByteTooMany()
{
    const auto file = blob(m_digest, 11);
    QVERIFY(file->begin(0, -1));
    QVERIFY(file->write("hello world"));
    QCOMPARE(kindOf(file->write("!")), Kind::SizeMismatch);
    QCOMPARE(file->position(), qint64(11));
}

void TestBlobFile::refusesAStreamOfAnotherSize()
{
    const auto file = blob(m_digest, 11);
    QCOMPARE(kindOf(file->begin(0, 12)), Kind::SizeMismatch);
    QCOMPARE(kindOf(file->begin(0, 10)), Kind::SizeMismatch);
}

void TestBlobFile::goesOnWhereTheStreamBroke()
{
    const auto file = blob(m_digest, 11);
    QVERIFY(file->begin(0, 11));
    QVERIFY(file->write("hello"));
    QVERIFY(file->begin(5, 11));
    QVERIFY(file->write(" world"));
    QVERIFY(file->finish());
    QCOMPARE(content(), "hello world");
}

void TestBlobFile::beginsAgainWhenTheStreamDoes()
{
    const auto file = blob(m_digest, 11);
    QVERIFY(file->begin(0, 11));
    QVERIFY(file->write("hello wor"));
    QVERIFY(file->begin(0, 11)); // The server does not know parts.
    QCOMPARE(file->position(), qint64(0));
    QVERIFY(file->write("hello world"));
    QVERIFY(file->finish());
    QCOMPARE(content(), "hello world");
}

void TestBlobFile::refusesAnotherPart_data()
{
    QTest::addColumn<qint64>("offset");
    QTest::newRow("before") << qint64(4);
    QTest::newRow("behind") << qint64(6);
}

void TestBlobFile::refusesAnotherPart()
{
    QFETCH(const qint64, offset);
    const auto file = blob(m_digest, 11);
    QVERIFY(file->begin(0, 11));
    QVERIFY(file->write("hello"));
    QCOMPARE(kindOf(file->begin(offset, 11)), Kind::Protocol);
    QCOMPARE(file->position(), qint64(5));
}

void TestBlobFile::throwsAwayWhatArrived()
{
    const auto file = blob(m_digest, -1);
    QVERIFY(file->begin(0, -1));
    QVERIFY(file->write("something quite different, and longer"));
    QVERIFY(file->restart());
    QCOMPARE(file->position(), qint64(0));
    QVERIFY(file->begin(0, -1));
    QVERIFY(file->write("hello world"));
    QVERIFY(file->finish());
    QCOMPARE(content(), "hello world");
}

void TestBlobFile::refusesADigestThatNobodyCanCheck()
{
    const auto digest = Digest::parse(QString(u"blake3:"_s + QString(64, u'a'))); // DAT-08
    QVERIFY(digest);
    BlobFile file(path(), *digest, 11, Existing::Keep);
    QCOMPARE(kindOf(file.open()), Kind::Unsupported);
    QCOMPARE(files(), QStringList());
}

void TestBlobFile::keepsOrReplacesWhatHasTheName_data()
{
    QTest::addColumn<Existing>("existing");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("keep") << Existing::Keep << QByteArray("precious");
    QTest::newRow("replace") << Existing::Replace << QByteArray("hello world");
}

void TestBlobFile::keepsOrReplacesWhatHasTheName()
{
    QFETCH(const Existing, existing);
    QFETCH(const QByteArray, expected);
    BlobFile file(path(), m_digest, 11, existing);
    QVERIFY(file.open());
    QVERIFY(file.begin(0, 11));
    QVERIFY(file.write("hello world"));
    QFile other(path()); // It comes while the blob is being read.
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("precious");
    other.close();
    QCOMPARE(file.finish().has_value(), existing == Existing::Replace);
    QCOMPARE(content(), expected);
}

void TestBlobFile::leavesNothingBehindUnlessItIsFinished()
{
    {
        const auto file = blob(m_digest, 11);
        QVERIFY(file->begin(0, 11));
        QVERIFY(file->write("hello world"));
        QCOMPARE(files().size(), qsizetype(1)); // The part file.
    }
    QCOMPARE(files(), QStringList());
}

QTEST_GUILESS_MAIN(TestBlobFile)
#include "tst_blobfile.moc"
