// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/downloadblobjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

#include <QDir>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;
using Part = BlobFile::Part;

/// Downloads whose part is kept, and what the next one makes of it.
class TestDownloadBlobJobKept : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goesOnWithWhatWasKept_data();
    void goesOnWithWhatWasKept();
    void asksForNothingThatIsThere();
    void startsOverAfterADamagedPart();
    void startsOverWhereThePartIsTooLong();
    void keepsNoPartOfOtherContent();
    void keepsThePartWhenCancelled();
    void leavesThePartToWhoeverWritesIt();
    void keepsNothingUnlessTold();
    void forgetsAPart();

private:
    [[nodiscard]] DownloadBlobJob *job(Part part = Part::Keep, qint64 size = 300'000) const
    {
        return new DownloadBlobJob(
            m_connection->session,
            {*RepositoryName::parse(u"a"), m_digest, size, path(), SafeFile::Existing::Keep, part});
    }
    [[nodiscard]] QString path() const { return m_folder->filePath(u"blob"_s); }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : "no file";
    }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
    }
    [[nodiscard]] QString partPath() const
    {
        return m_folder->filePath(u".blob."_s + m_digest.encoded().left(32) + u".kept"_s);
    }
    void writePart(const QByteArray &bytes) const
    {
        QFile file(partPath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    /// What the requests for the blob asked for.
    [[nodiscard]] QByteArrayList ranges() const
    {
        QByteArrayList result;
        for (const TestRequest &request : m_connection->registry.requests())
            result.append(request.header("range"));
        return result;
    }
    void cancelOnTheWay(Part part) const;

    const QByteArray m_bytes = QByteArray(200'000, 'a') + QByteArray(100'000, 'b');
    const Digest m_digest = Digest::ofBytes(m_bytes);
    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDownloadBlobJobKept::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_connection->registry.addBlob(u"a"_s, m_bytes);
    m_folder = std::make_unique<QTemporaryDir>();
}

/// When a third of the blob has arrived.
void TestDownloadBlobJobKept::cancelOnTheWay(Part part) const
{
    m_connection->registry.intercept(
        [bytes = m_bytes](const TestRequest &, const TestConnection &connection) {
            connection.sendRaw("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n"
                               + bytes.first(100'000));
            return true; // The rest never comes.
        });
    const QPointer<DownloadBlobJob> download = job(part);
    download->start();
    QTRY_COMPARE(names().size(), 1);
    QTRY_COMPARE(QFileInfo(m_folder->filePath(names().constFirst())).size(), 100'000);
    download->cancel();
    QTRY_VERIFY(!download);
}

void TestDownloadBlobJobKept::goesOnWithWhatWasKept_data()
{
    QTest::addColumn<qint64>("size");
    QTest::newRow("of a known size") << qint64(300'000);
    QTest::newRow("of an unknown size") << qint64(-1);
}

void TestDownloadBlobJobKept::goesOnWithWhatWasKept()
{
    QFETCH(qint64, size);
    writePart(m_bytes.first(123'456));
    qint64 leastDone = -1;
    DownloadBlobJob *download = job(Part::Keep, size);
    connect(download, &Job::progressChanged, this,
            [&](qint64 done) { leastDone = leastDone < 0 ? done : qMin(leastDone, done); });
    const auto result = outcomeOf(download);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(content(), m_bytes);
    QCOMPARE(names(), QStringList{u"blob"_s});
    QCOMPARE(ranges(), QByteArrayList{"bytes=123456-"});
    QVERIFY(leastDone >= 123'456);
}

void TestDownloadBlobJobKept::asksForNothingThatIsThere()
{
    writePart(m_bytes);
    QVERIFY(outcomeOf(job()));
    QCOMPARE(content(), m_bytes);
    QCOMPARE(ranges(), QByteArrayList());
}

void TestDownloadBlobJobKept::startsOverAfterADamagedPart()
{
    writePart(QByteArray(1'000, 'x'));
    QVERIFY(outcomeOf(job()));
    QCOMPARE(content(), m_bytes);
    QCOMPARE(ranges(), QByteArrayList({"bytes=1000-", ""}));
}

void TestDownloadBlobJobKept::startsOverWhereThePartIsTooLong()
{
    writePart(m_bytes + "more");
    QVERIFY(outcomeOf(job()));
    QCOMPARE(content(), m_bytes);
    QCOMPARE(ranges(), QByteArrayList{""});
}

void TestDownloadBlobJobKept::keepsNoPartOfOtherContent()
{
    m_connection->registry.intercept([](const TestRequest &, const TestConnection &connection) {
        connection.answer({200, QByteArray(300'000, 'x')});
        return true;
    });
    const auto result = outcomeOf(job());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::DigestMismatch);
    QCOMPARE(names(), QStringList());
}

void TestDownloadBlobJobKept::keepsThePartWhenCancelled()
{
    cancelOnTheWay(Part::Keep);
    QCOMPARE(names(), QStringList{QFileInfo(partPath()).fileName()});
    QCOMPARE(QFileInfo(partPath()).size(), 100'000);
}

void TestDownloadBlobJobKept::keepsNothingUnlessTold()
{
    cancelOnTheWay(Part::Discard);
    QTRY_COMPARE(names(), QStringList());
}

void TestDownloadBlobJobKept::leavesThePartToWhoeverWritesIt()
{
    BlobFile other(path(), m_digest, m_bytes.size(), SafeFile::Existing::Keep, Part::Keep);
    QVERIFY(other.open());
    QVERIFY(other.begin(0, -1));
    QVERIFY(other.write("a"));
    QVERIFY(outcomeOf(job()));
    QCOMPARE(content(), m_bytes);
    QCOMPARE(ranges(), QByteArrayList{""});
    BlobFile::removePart(path(), m_digest);
    QCOMPARE(QFileInfo(partPath()).size(), 1); // It is still being written.
}

void TestDownloadBlobJobKept::forgetsAPart()
{
    writePart("part");
    BlobFile::removePart(path(), m_digest);
    QCOMPARE(names(), QStringList());
    BlobFile::removePart(path(), m_digest); // There may be none.
    QCOMPARE(names(), QStringList());
}

QTEST_GUILESS_MAIN(TestDownloadBlobJobKept)
#include "tst_downloadblobjob_kept.moc"
