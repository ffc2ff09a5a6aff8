// SPDX-License-Identifier: Apache-2.0
#include "core/http/exchangejob.h"
#include "core/http/exchangerunner.h"
#include "core/http/networkthread.h"
#include "support/outcome.h"
#include "support/testserver.h"

#include <QSignalSpy>
#include <QTimer>

#include <atomic>

using namespace Longshore;
using namespace Qt::StringLiterals;

namespace {

/// Swallows everything, and counts the sinks of its kind that are still there.
class CountedSink final : public ByteSink
{
public:
    explicit CountedSink(std::atomic<int> *count) : m_count(count) { ++*m_count; }
    ~CountedSink() override { --*m_count; }
    Result<Done> begin(qint64, qint64) override { return Done(); }
    Result<Done> write(QByteArrayView) override { return Done(); }
    Result<Done> finish() override { return Done(); }

private:
    std::atomic<int> *m_count;
};

} // namespace

class TestExchangeJob : public QObject
{
    Q_OBJECT

private slots:
    void bringsTheAnswerHome();
    void theRunnerDiesInItsThread_data();
    void theRunnerDiesInItsThread();
    void theRunnerDiesWithItsThread();
    void nothingIsHeardAfterCancel();
    void sendsAsManyAtOnceAsItIsGiven();
    void lettingGoOfAJobFreesItsSink();

private:
    [[nodiscard]] static ExchangeJob *job(const ExchangeLane &lane, const HttpRequest &request)
    {
        return new ExchangeJob(lane, request, HttpTimeouts());
    }
};

void TestExchangeJob::bringsTheAnswerHome()
{
    NetworkThread thread(u"test"_s);
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({404, "no"}); });
    // One exchange decides nothing: any status is an answer.
    const auto answer = outcomeOf(job(ExchangeLane::in(thread), {.url = server.url()}));
    QVERIFY(answer);
    QCOMPARE(answer->status, 404);
    QCOMPARE(answer->body, "no");
}

void TestExchangeJob::theRunnerDiesInItsThread_data()
{
    QTest::addColumn<bool>("isUsed");
    QTest::newRow("never used") << false;
    QTest::newRow("last held by a job") << true;
}

void TestExchangeJob::theRunnerDiesInItsThread()
{
    // Its manager lives there, with sockets and timers that nobody else may touch.
    QFETCH(bool, isUsed);
    NetworkThread thread(u"test"_s);
    TestServer server;
    server.setHandler([](const TestRequest &, const TestConnection &c) { c.answer({200, "x"}); });
    std::atomic<QThread *> place = nullptr;
    {
        ExchangeLane lane = ExchangeLane::in(thread);
        connect(
            lane.runner.get(), &QObject::destroyed, lane.runner.get(),
            [&] { place = QThread::currentThread(); }, Qt::DirectConnection);
        QPointer<ExchangeJob> last = isUsed ? job(lane, {.url = server.url()}) : nullptr;
        lane = {};
        if (last) {
            last->start();
            QTRY_VERIFY(!last);
        }
    }
    QTRY_VERIFY(place.load());
    QCOMPARE(place.load(), thread.thread());
}

void TestExchangeJob::theRunnerDiesWithItsThread()
{
    std::atomic<int> sinks = 0;
    TestServer server; // Never answers.
    QSignalSpy requested(&server, &TestServer::requested);
    auto thread = std::make_unique<NetworkThread>(u"test"_s);
    std::unique_ptr<ExchangeJob> running(
        job(ExchangeLane::in(*thread),
            {.url = server.url(), .sink = std::make_shared<CountedSink>(&sinks)}));
    running->start();
    QTRY_COMPARE(requested.count(), 1);
    running.reset();
    thread.reset(); // What was posted may never be read; it goes with the thread.
    QCOMPARE(sinks.load(), 0);
}

void TestExchangeJob::nothingIsHeardAfterCancel()
{
    NetworkThread thread(u"test"_s);
    std::atomic<int> sinks = 0;
    TestServer server;
    QTimer stream;
    server.setHandler([&](const TestRequest &, const TestConnection &connection) {
        connection.sendRaw("HTTP/1.1 200 OK\r\n\r\n");
        connect(&stream, &QTimer::timeout, this,
                [=] { connection.sendRaw(QByteArray(100'000, 'x')); });
        stream.start(1);
    });
    ExchangeJob *running =
        job(ExchangeLane::in(thread),
            {.url = server.url(), .sink = std::make_shared<CountedSink>(&sinks)});
    QSignalSpy progress(running, &Job::progressChanged);
    QPointer<ExchangeJob> watched = running;
    running->start();
    QTRY_VERIFY(progress.count() >= 1);
    running->cancel();
    progress.clear();
    QTRY_VERIFY(!watched);
    QTRY_COMPARE(sinks.load(), 0);
    QCOMPARE(progress.count(), 0);
}

void TestExchangeJob::lettingGoOfAJobFreesItsSink()
{
    NetworkThread thread(u"test"_s);
    std::atomic<int> sinks = 0;
    TestServer server; // Never answers.
    QSignalSpy requested(&server, &TestServer::requested);
    const ExchangeLane lane = ExchangeLane::in(thread);
    for (int i = 0; i < 20; ++i) {
        auto *running =
            job(lane, {.url = server.url(), .sink = std::make_shared<CountedSink>(&sinks)});
        running->start();
        if (i % 2 == 0)
            QTRY_VERIFY(requested.count() > i / 2);
        delete running;
    }
    QTRY_COMPARE(sinks.load(), 0);
}

void TestExchangeJob::sendsAsManyAtOnceAsItIsGiven()
{
    // A manager of Qt keeps everything beyond six back, while the time for an answer runs.
    constexpr qsizetype many = 16;
    NetworkThread thread(u"test"_s);
    TestServer server; // Never answers.
    const ExchangeLane lane = ExchangeLane::in(thread);
    QObject owner;
    for (qsizetype i = 0; i < many; ++i) {
        auto *one = job(lane, {.url = server.url()});
        one->setParent(&owner);
        one->start();
    }
    QTRY_COMPARE(server.requests().size(), many);
}

QTEST_GUILESS_MAIN(TestExchangeJob)
#include "tst_exchangejob.moc"
