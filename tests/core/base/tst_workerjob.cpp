// SPDX-License-Identifier: Apache-2.0
#include "core/base/workerjob.h"
#include "support/outcome.h"

#include <QTest>
#include <QThread>

using namespace Longshore;

class TestWorkerJob : public QObject
{
    Q_OBJECT

private slots:
    void deliversItsResult();
    void deliversItsError();
    void worksInAnotherThread();
    void theWorkOfADeletedJobIsIgnored();
    void theWorkOfACancelledJobIsIgnored();
};

void TestWorkerJob::deliversItsResult()
{
    const auto result = outcomeOf(new WorkerJob<QString>(
        [](const CancelFlag &) { return Result<QString>(QStringLiteral("done")); }));
    QVERIFY(result);
    QCOMPARE(*result, QStringLiteral("done"));
}

void TestWorkerJob::theWorkOfADeletedJobIsIgnored()
{
    auto started = std::make_shared<std::atomic<bool>>(false);
    auto sawCancel = std::make_shared<std::atomic<bool>>(false);
    auto *job = new WorkerJob<int>([=](const CancelFlag &cancelled) -> Result<int> {
        *started = true;
        while (!cancelled) {}
        *sawCancel = true;
        return 1;
    });
    job->start();
    QTRY_VERIFY(started->load());
    delete job;
    QVERIFY(QThreadPool::globalInstance()->waitForDone(30'000));
    QVERIFY(sawCancel->load());
}

void TestWorkerJob::deliversItsError()
{
    const auto result = outcomeOf(new WorkerJob<int>([](const CancelFlag &) {
        return Result<int>(Error{Error::Kind::LocalFile, QStringLiteral("no")});
    }));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::LocalFile);
}

void TestWorkerJob::worksInAnotherThread()
{
    const auto worker = outcomeOf(new WorkerJob<QThread *>(
        [](const CancelFlag &) { return Result<QThread *>(QThread::currentThread()); }));
    QVERIFY(worker);
    QVERIFY(*worker != QThread::currentThread());
}

void TestWorkerJob::theWorkOfACancelledJobIsIgnored()
{
    auto started = std::make_shared<std::atomic<bool>>(false);
    auto *job = new WorkerJob<int>([=](const CancelFlag &cancelled) -> Result<int> {
        *started = true;
        while (!cancelled) {}
        return 1;
    });
    QList<Result<int>> outcomes;
    job->then(this, [&](const auto &result) { outcomes.append(result); });
    job->start();
    QTRY_VERIFY(started->load());
    job->cancel();
    QVERIFY(QThreadPool::globalInstance()->waitForDone(30'000));
    QTRY_COMPARE(outcomes.size(), qsizetype(1));
    QVERIFY(outcomes.first().error().isCancelled());
}

QTEST_GUILESS_MAIN(TestWorkerJob)
#include "tst_workerjob.moc"
