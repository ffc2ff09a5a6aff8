// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/downloadblobsjob.h"
#include "support/fakeconnection.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/smallfilesystem.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Existing = SafeFile::Existing;
using Kind = Error::Kind;

class TestDownloadBlobsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bringsAllOfThem();
    void bringsTheSameBlobToTwoPlaces();
    void keepsWhatIsThere();
    void replacesADamagedFileOnlyWhenTold();
    void tellsHowFarEachIs();
    void countsBytes();
    void keepsWhatHasArrivedWhenOneFails();
    void fetchesNothingWithoutRoom();
    void needsNoRoomForWhatWasKept();
    void endsWhenCancelled();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }
    [[nodiscard]] DownloadBlobsJob *job(Existing existing = Existing::Keep)
    {
        return new DownloadBlobsJob(m_connection->session, *RepositoryName::parse(u"a"), m_wanted,
                                    existing);
    }
    [[nodiscard]] QByteArray content(int number) const
    {
        QFile file(m_wanted.at(number).path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(int number, const QByteArray &bytes) const
    {
        QFile file(m_wanted.at(number).path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_folder;
    QList<WantedBlob> m_wanted; ///< Of "one" and "three".
};

void TestDownloadBlobsJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_wanted.clear();
    for (const QByteArray bytes : {"one", "three"})
        m_wanted.append(
            {registry().addBlob(u"a"_s, bytes), m_folder->filePath(QString::fromLatin1(bytes))});
}

void TestDownloadBlobsJob::bringsAllOfThem()
{
    const auto result = outcomeOf(job());
    QVERIFY(result);
    QCOMPARE(result->fetched, qsizetype(2));
    QCOMPARE(result->kept, qsizetype(0));
    QCOMPARE(result->bytes, 8);
    QCOMPARE(content(0), "one");
    QCOMPARE(content(1), "three");
}

void TestDownloadBlobsJob::bringsTheSameBlobToTwoPlaces()
{
    m_wanted.append({m_wanted.at(0).blob, m_folder->filePath(u"one more"_s)});
    QVERIFY(outcomeOf(job()));
    QCOMPARE(content(0), "one");
    QCOMPARE(content(2), "one");
    QCOMPARE(files(), QStringList({u"one"_s, u"one more"_s, u"three"_s}));
}

void TestDownloadBlobsJob::keepsWhatIsThere()
{
    write(1, "three");
    const auto result = outcomeOf(job());
    QVERIFY(result);
    QCOMPARE(result->kept, qsizetype(1));
    QCOMPARE(registry().requests().size(), qsizetype(1));
    QCOMPARE(content(0), "one");
}

void TestDownloadBlobsJob::replacesADamagedFileOnlyWhenTold()
{
    write(1, "thref");
    const auto refused = outcomeOf(job(Existing::Keep));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Kind::LocalFile);
    QCOMPARE(content(1), "thref");
    QVERIFY(outcomeOf(job(Existing::Replace)));
    QCOMPARE(content(1), "three");
}

void TestDownloadBlobsJob::tellsHowFarEachIs()
{
    using State = TransferPart::State;
    write(0, "one");
    HeldRequests held(registry(), "GET", u"/blobs/"_s);
    auto *download = job();
    const auto states = [download] {
        QList<State> all;
        for (const TransferPart &part : download->parts())
            all.append(part.state);
        return all;
    };
    QCOMPARE(states(), QList<State>({State::Waiting, State::Waiting}));
    QList<State> atTheEnd;
    download->then(this, [&](const auto &) { atTheEnd = states(); });
    download->start();
    QTRY_COMPARE(held.count(), qsizetype(1));
    QCOMPARE(states(), QList<State>({State::Present, State::Waiting}));
    held.release();
    QTRY_COMPARE(atTheEnd, QList<State>({State::Present, State::Arrived}));
}

void TestDownloadBlobsJob::countsBytes()
{
    write(0, "one");
    DownloadBlobsJob *download = job();
    QList<std::pair<qint64, qint64>> progress;
    connect(download, &Job::progressChanged, this, [&](qint64 done, qint64 total) {
        progress.append({done, total});
    });
    QVERIFY(outcomeOf(download));
    QCOMPARE(progress.first(), std::pair(qint64(3), qint64(8)));
    QCOMPARE(progress.last(), std::pair(qint64(8), qint64(8)));
    QVERIFY(std::is_sorted(progress.begin(), progress.end()));
}

void TestDownloadBlobsJob::keepsWhatHasArrivedWhenOneFails()
{
    m_wanted.append({{MediaType(), Digest::ofBytes("gone"), 4}, m_folder->filePath(u"gone"_s)});
    HeldRequests held(registry(), "GET", Digest::ofBytes("gone").toString());
    DownloadBlobsJob *download = job();
    connect(download, &Job::progressChanged, this, [&](qint64 done) {
        if (done == 8)
            held.release();
    });
    const auto result = outcomeOf(download);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::NotFound);
    // The network thread may be the last to let go of the part of the third.
    QTRY_COMPARE(files(), QStringList({u"one"_s, u"three"_s}));
}

void TestDownloadBlobsJob::fetchesNothingWithoutRoom()
{
    // Nobody has so much.
    const qint64 size = std::numeric_limits<qint64>::max() / 3 * 2;
    for (const QString &name : {u"huge"_s, u"as huge"_s}) // Together more than can be counted.
        m_wanted.append({{MediaType(), Digest::ofBytes("huge"), size}, m_folder->filePath(name)});
    const auto result = outcomeOf(job());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::LocalFile);
    QVERIFY(registry().requests().isEmpty());
    QVERIFY(files().isEmpty());
}

void TestDownloadBlobsJob::needsNoRoomForWhatWasKept()
{
    const SmallFileSystem disk;
    if (!disk.isMounted())
        QSKIP("mounting is not allowed here");
    const QByteArray bytes(700'000, 'x');
    m_wanted = {{registry().addBlob(u"a"_s, bytes), disk.filePath(u"large"_s)}};
    {
        BlobFile part(m_wanted.first().path, m_wanted.first().blob.digest, bytes.size(),
                      Existing::Keep, BlobFile::Part::Keep);
        QVERIFY(part.open() && part.begin(0, bytes.size()));
        QVERIFY(part.write(QByteArrayView(bytes).first(600'000)));
    }
    const auto result = outcomeOf(job());
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(content(0), bytes);
}

void TestDownloadBlobsJob::endsWhenCancelled()
{
    const HeldRequests held(registry(), "GET", u"/blobs/"_s);
    DownloadBlobsJob *download = job();
    std::optional<Result<DownloadedBlobs>> result;
    download->then(this, [&](const Result<DownloadedBlobs> &end) { result = end; });
    download->start();
    QTRY_COMPARE(held.count(), qsizetype(2));
    download->cancel();
    QTRY_VERIFY(result);
    QVERIFY(!*result && result->error().isCancelled());
    QTRY_VERIFY(files().isEmpty());
}

QTEST_GUILESS_MAIN(TestDownloadBlobsJob)
#include "tst_downloadblobsjob.moc"
