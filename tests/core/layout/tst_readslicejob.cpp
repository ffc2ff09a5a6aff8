// SPDX-License-Identifier: Apache-2.0
#include "core/layout/readslicejob.h"
#include "support/outcome.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using Kind = Error::Kind;

namespace {

/// Keeps what comes.
class Collector final : public ByteSink
{
public:
    Result<Done> begin(qint64 from, qint64 size) override
    {
        offset = from;
        total = size;
        return Done();
    }
    Result<Done> write(QByteArrayView more) override
    {
        if (bytes.size() + more.size() > most)
            return Error{Kind::LocalFile, u"full"_s};
        bytes.append(more);
        return Done();
    }
    Result<Done> finish() override
    {
        isFinished = true;
        return Done();
    }

    qint64 offset = -1;
    qint64 total = -1;
    qsizetype most = 10'000'000;
    QByteArray bytes;
    bool isFinished = false;
};

} // namespace

class TestReadSliceJob : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { m_sink = std::make_shared<Collector>(); }
    void streamsThePart();
    void beginsWhereItIsAskedTo();
    void refusesAnOffsetBehindTheEnd();
    void failsAsTheSinkDoes();
    void failsAsTheFileDoes();
    void stopsWhenCancelled();

private:
    [[nodiscard]] ReadSliceJob *job(qint64 offset)
    {
        return new ReadSliceJob([slice = *m_slice]() -> Result<FileSlice> { return slice; }, m_sink,
                                offset);
    }

    QTemporaryDir m_folder;
    QByteArray m_bytes;
    std::optional<FileSlice> m_slice;
    std::shared_ptr<Collector> m_sink;
};

void TestReadSliceJob::initTestCase()
{
    for (int i = 0; i < 200'000; ++i)
        m_bytes += QByteArray::number(i);
    QFile file(m_folder.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("before" + m_bytes + "behind");
    file.close();
    const auto opened = ReadableFile::open(file.fileName());
    QVERIFY(opened);
    m_slice = FileSlice{*opened, 6, m_bytes.size()};
}

void TestReadSliceJob::streamsThePart()
{
    ReadSliceJob *reading = job(0);
    QSignalSpy progress(reading, &Job::progressChanged);
    QVERIFY(outcomeOf(reading));
    QVERIFY(m_sink->isFinished);
    QCOMPARE(m_sink->offset, qint64(0));
    QCOMPARE(m_sink->total, m_bytes.size());
    QVERIFY(m_sink->bytes == m_bytes);
    QVERIFY(!progress.isEmpty());
    QCOMPARE(progress.constLast().at(1).toLongLong(), m_bytes.size());
}

void TestReadSliceJob::beginsWhereItIsAskedTo()
{
    QVERIFY(outcomeOf(job(1000)));
    QCOMPARE(m_sink->offset, qint64(1000));
    QVERIFY(m_sink->bytes == m_bytes.mid(1000));
    m_sink = std::make_shared<Collector>();
    QVERIFY(outcomeOf(job(m_bytes.size())));
    QVERIFY(m_sink->isFinished);
    QCOMPARE(m_sink->bytes, "");
}

void TestReadSliceJob::refusesAnOffsetBehindTheEnd()
{
    const auto outcome = outcomeOf(job(m_bytes.size() + 1));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Kind::InvalidInput);
    QCOMPARE(m_sink->offset, qint64(-1));
}

void TestReadSliceJob::failsAsTheSinkDoes()
{
    m_sink->most = 300'000;
    const auto outcome = outcomeOf(job(0));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().message, u"full"_s);
    QVERIFY(!m_sink->isFinished);
}

void TestReadSliceJob::failsAsTheFileDoes()
{
    const auto missing = outcomeOf(new ReadSliceJob(
        [] {
            return Result<FileSlice>(Error{Kind::NotFound, u"gone"_s});
        },
        m_sink, 0));
    QVERIFY(!missing);
    QCOMPARE(missing.error().message, u"gone"_s);
    m_slice->size += 1000;
    const auto shorter = outcomeOf(job(0));
    m_slice->size -= 1000;
    QVERIFY(!shorter);
    QCOMPARE(shorter.error().kind, Kind::LocalFile);
    QVERIFY(!m_sink->isFinished);
}

void TestReadSliceJob::stopsWhenCancelled()
{
    ReadSliceJob *reading = job(0);
    connect(reading, &Job::progressChanged, reading, &Job::cancel);
    const auto outcome = outcomeOf(reading);
    // All of it may have been read before the first word of it arrived.
    QVERIFY(!outcome);
    QVERIFY(outcome.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestReadSliceJob)
#include "tst_readslicejob.moc"
