// SPDX-License-Identifier: Apache-2.0
#include "core/registry/readblobjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

namespace {

/// Keeps what it is given; written in a network thread, read when the job has ended.
class MemorySink final : public ByteSink
{
public:
    Result<Done> begin(qint64 offset, qint64 total) override
    {
        begins.append({offset, total});
        return Done();
    }
    Result<Done> write(QByteArrayView bytes) override
    {
        received += bytes.toByteArray();
        if (received.size() > most)
            return Error{Kind::LocalFile, u"the disk is full"_s};
        return Done();
    }
    Result<Done> finish() override
    {
        isFinished = true;
        return atTheEnd;
    }

    QByteArray received;
    QList<std::pair<qint64, qint64>> begins;
    bool isFinished = false;
    qsizetype most = 100'000'000;
    Result<Done> atTheEnd = Done();
};

} // namespace

class TestReadBlobJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void handsOverEveryByte();
    void asksForTheRestOnly();
    void saysWhereAServerReallyBegins();
    void endsWithTheErrorOfTheSink();
    void endsWithWhatTheSinkFindsAtTheEnd();
    void refusesAnAnswerWithoutABlob_data();
    void refusesAnAnswerWithoutABlob();
    void countsBytes();
    void countsBeyondFourGibibytes(); // SRV-45

private:
    [[nodiscard]] ResultJob<Done> *job(qint64 offset = 0)
    {
        return m_connection->session.readBlobPart(*RepositoryName::parse(u"a"),
                                                  Digest::ofBytes(m_bytes), m_sink, offset);
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    const QByteArray m_bytes = QByteArray(2'000'000, 'a') + QByteArray(100'000, 'b');
    std::unique_ptr<FakeConnection> m_connection;
    std::shared_ptr<MemorySink> m_sink;
};

void TestReadBlobJob::init()
{
    m_connection = std::make_unique<FakeConnection>();
    registry().addBlob(u"a"_s, m_bytes);
    m_sink = std::make_shared<MemorySink>();
}

void TestReadBlobJob::handsOverEveryByte()
{
    QVERIFY(outcomeOf(job()));
    QCOMPARE(m_sink->received, m_bytes);
    QCOMPARE(m_sink->begins, (QList<std::pair<qint64, qint64>>{{0, m_bytes.size()}}));
    QVERIFY(m_sink->isFinished);
    QCOMPARE(registry().requests().first().header("range"), "");
    QCOMPARE(registry().requests().first().header("accept-encoding"), "identity");
}

void TestReadBlobJob::asksForTheRestOnly()
{
    QVERIFY(outcomeOf(job(2'000'000)));
    QCOMPARE(registry().requests().first().header("range"), "bytes=2000000-");
    QCOMPARE(m_sink->received, QByteArray(100'000, 'b'));
    QCOMPARE(m_sink->begins, (QList<std::pair<qint64, qint64>>{{2'000'000, m_bytes.size()}}));
}

void TestReadBlobJob::saysWhereAServerReallyBegins()
{
    registry().behaviour.knowsRange = false;
    QVERIFY(outcomeOf(job(2'000'000)));
    QCOMPARE(m_sink->received, m_bytes);
    QCOMPARE(m_sink->begins, (QList<std::pair<qint64, qint64>>{{0, m_bytes.size()}}));
}

void TestReadBlobJob::endsWithTheErrorOfTheSink()
{
    m_sink->most = 500'000;
    const auto result = outcomeOf(job());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::LocalFile);
    QCOMPARE(result.error().message, u"the disk is full"_s);
    QVERIFY(!m_sink->isFinished);
    QCOMPARE(registry().requests().size(), qsizetype(1));
}

void TestReadBlobJob::endsWithWhatTheSinkFindsAtTheEnd()
{
    m_sink->atTheEnd = Error{Kind::DigestMismatch, u"wrong"_s};
    const auto result = outcomeOf(job());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::DigestMismatch);
}

void TestReadBlobJob::refusesAnAnswerWithoutABlob_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("no content") << 204 << Kind::Protocol;
    QTest::newRow("not modified") << 304 << Kind::Protocol;
    QTest::newRow("gone") << 404 << Kind::NotFound;
}

void TestReadBlobJob::refusesAnAnswerWithoutABlob()
{
    QFETCH(const int, status);
    QFETCH(const Kind, kind);
    registry().failNext("GET", u"/blobs/"_s, {status}, 10);
    const auto result = outcomeOf(job());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
    QCOMPARE(m_sink->received, "");
}

void TestReadBlobJob::countsBytes()
{
    ResultJob<Done> *reading = job();
    QList<qint64> seen;
    connect(reading, &Job::progressChanged, this, [&](qint64 done, qint64 total) {
        seen.append(done);
        QCOMPARE(total, m_bytes.size());
    });
    QVERIFY(outcomeOf(reading));
    QVERIFY(!seen.isEmpty());
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QVERIFY(seen.last() <= m_bytes.size());
}

void TestReadBlobJob::countsBeyondFourGibibytes()
{
    registry().failNext("GET", u"/blobs/"_s,
                        {206, "ab", {{"Content-Range", "bytes 5368709119-5368709120/5368709121"}}});
    const auto result = outcomeOf(job(5'368'709'119));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(registry().requests().first().header("range"), "bytes=5368709119-");
    QCOMPARE(m_sink->begins, (QList<std::pair<qint64, qint64>>{{5'368'709'119, 5'368'709'121}}));
    QCOMPARE(m_sink->received, "ab");
}

QTEST_GUILESS_MAIN(TestReadBlobJob)
#include "tst_readblobjob.moc"
