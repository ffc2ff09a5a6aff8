// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/downloadblobjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/smallfilesystem.h"

#include <QDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

/// Downloads that meet servers which do not do what they should, and disks that are full.
class TestDownloadBlobJobFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void takesTheRightContentOfTheSecondAnswer();
    void takesABlobWhoseAnswerLacksOnlyItsEnd();
    void fetchesAgainWhenTheEndIsMissingAndTheContentWrong();
    void doesNotFetchAgainWhatHasNoPlace();
    void refusesToGoOnWithAnotherPart_data();
    void refusesToGoOnWithAnotherPart();
    void givesUpWhenNothingMoreComes();
    void endsAnAnswerThatIsTooLong();
    void downloadsWhatNobodyNamedTheSizeOf();
    void asksForNothingWhenTheDiskIsTooSmall();
    void failsWithWhatTheServerSays_data();
    void failsWithWhatTheServerSays();

private:
    [[nodiscard]] Result<DownloadedBlob> download()
    {
        return outcomeOf(
            new DownloadBlobJob(m_connection->session, {*RepositoryName::parse(u"a"),
                                                        m_blob->digest, m_blob->size, path()}));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] QString path() const { return m_folder->filePath(u"layer"_s); }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
    }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// Answers the next request with some bytes in a chunk, and never says that it was the last.
    void sendWithoutEnd(const QByteArray &bytes, const std::function<void()> &before = {});

    const QByteArray m_bytes = QByteArray(200'000, 'a') + QByteArray(100'000, 'b');
    std::unique_ptr<FakeConnection> m_connection;
    std::optional<Descriptor> m_blob;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDownloadBlobJobFaults::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_blob = registry().addBlob(u"a"_s, m_bytes);
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestDownloadBlobJobFaults::sendWithoutEnd(const QByteArray &bytes,
                                               const std::function<void()> &before)
{
    registry().intercept([=, isDone = std::make_shared<bool>(false)](
                             const TestRequest &, const TestConnection &connection) {
        if (std::exchange(*isDone, true))
            return false;
        if (before)
            before();
        connection.sendRaw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                           + QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
        connection.close();
        return true;
    });
}

void TestDownloadBlobJobFaults::takesTheRightContentOfTheSecondAnswer()
{
    registry().failNext("GET", u"/blobs/"_s, {200, QByteArray(m_bytes.size(), 'x')});
    const auto result = download();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(content(), m_bytes);
    QCOMPARE(registry().requests().size(), qsizetype(2));
    QVERIFY(registry().requests().last().header("range").isEmpty()); // From the start.
}

void TestDownloadBlobJobFaults::takesABlobWhoseAnswerLacksOnlyItsEnd()
{
    sendWithoutEnd(m_bytes);
    const auto result = download();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(content(), m_bytes);
    for (const TestRequest &request : registry().requests())
        QCOMPARE(request.header("range"), ""); // To ask for no more would earn a refusal.
}

void TestDownloadBlobJobFaults::fetchesAgainWhenTheEndIsMissingAndTheContentWrong()
{
    sendWithoutEnd(QByteArray(m_bytes.size(), 'x'));
    const auto result = download();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(content(), m_bytes);
}

void TestDownloadBlobJobFaults::doesNotFetchAgainWhatHasNoPlace()
{
    sendWithoutEnd(m_bytes, [this] {
        QFile file(path()); // Somebody else writes it meanwhile.
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("precious");
    });
    const auto result = download();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::LocalFile);
    QVERIFY2(result.error().message.contains(u"exists already"_s),
             qPrintable(result.error().message));
    QCOMPARE(content(), "precious");
    QTRY_COMPARE(files(), QStringList{u"layer"_s});
}

void TestDownloadBlobJobFaults::refusesToGoOnWithAnotherPart_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("SRV-12 no part at all") << QByteArray("bytes */300000") << Kind::Protocol;
    QTest::newRow("SRV-12 two parts")
        << QByteArray("bytes 100000-299999/300000\r\nContent-Range: bytes 100000-299999/300000")
        << Kind::Protocol;
    QTest::newRow("SRV-17 several parts in one")
        << QByteArray("\r\nContent-Type: multipart/byteranges; boundary=x") << Kind::Protocol;
    QTest::newRow("before") << QByteArray("bytes 50000-299999/300000") << Kind::Protocol;
    QTest::newRow("behind") << QByteArray("bytes 150000-299999/300000") << Kind::Protocol;
    QTest::newRow("of something larger")
        << QByteArray("bytes 100000-399999/400000") << Kind::SizeMismatch;
    QTest::newRow("no range") << QByteArray() << Kind::Protocol;
    QTest::newRow("nonsense") << QByteArray("bytes x-y/z") << Kind::Protocol;
}

void TestDownloadBlobJobFaults::refusesToGoOnWithAnotherPart()
{
    QFETCH(const QByteArray, range);
    QFETCH(const Kind, kind);
    registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.header("range").isEmpty()) {
            connection.answer({200, m_bytes.left(100'000), {{"Content-Length", "300000"}}});
            connection.close();
        } else {
            TestAnswer answer{206, m_bytes.mid(100'000)};
            if (!range.isEmpty())
                answer.headers = {{"Content-Range", range}};
            connection.answer(answer);
        }
        return true;
    });
    const auto result = download();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
    QTRY_COMPARE(files(), QStringList());
}

void TestDownloadBlobJobFaults::givesUpWhenNothingMoreComes()
{
    registry().intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (request.header("range").isEmpty())
            connection.answer({200, m_bytes.left(100'000), {{"Content-Length", "300000"}}});
        connection.close();
        return true;
    });
    const auto result = download();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::Network);
    QTRY_COMPARE(files(), QStringList());
}

void TestDownloadBlobJobFaults::endsAnAnswerThatIsTooLong()
{
    sendWithoutEnd(m_bytes + "and more");
    const auto result = download();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::SizeMismatch);
    QTRY_COMPARE(files(), QStringList());
}

void TestDownloadBlobJobFaults::downloadsWhatNobodyNamedTheSizeOf()
{
    m_blob->size = -1;
    const auto result = download();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->size, m_bytes.size());
    QCOMPARE(content(), m_bytes);
}

void TestDownloadBlobJobFaults::asksForNothingWhenTheDiskIsTooSmall()
{
    const SmallFileSystem disk;
    if (!disk.isMounted())
        QSKIP("a small file system can only be mounted by root");
    m_blob->size = 5'000'000;
    const auto result = outcomeOf(
        new DownloadBlobJob(m_connection->session, {*RepositoryName::parse(u"a"), m_blob->digest,
                                                    m_blob->size, disk.filePath(u"layer"_s)}));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::LocalFile);
    QVERIFY(registry().requests().isEmpty());
    QVERIFY(QDir(disk.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestDownloadBlobJobFaults::failsWithWhatTheServerSays_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("gone") << 404 << Kind::NotFound;
    QTest::newRow("not allowed") << 403 << Kind::Forbidden;
    QTest::newRow("no content") << 204 << Kind::Protocol;
    QTest::newRow("no such part") << 416 << Kind::Protocol;
}

void TestDownloadBlobJobFaults::failsWithWhatTheServerSays()
{
    QFETCH(const int, status);
    QFETCH(const Kind, kind);
    registry().failNext("GET", u"/blobs/"_s, {status}, 100);
    const auto result = download();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
    QTRY_COMPARE(files(), QStringList());
}

QTEST_GUILESS_MAIN(TestDownloadBlobJobFaults)
#include "tst_downloadblobjob_faults.moc"
