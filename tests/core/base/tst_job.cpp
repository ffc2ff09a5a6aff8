// SPDX-License-Identifier: Apache-2.0
#include "core/base/jobqueue.h"
#include "core/base/workerjob.h"
#include "support/outcome.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore;

namespace {

/// Ends when the test says so.
class ManualJob final : public ResultJob<int>
{
public:
    using ResultJob::ResultJob;
    void finishWith(int value) { succeed(value); }
    [[nodiscard]] bool hasStarted() const { return m_hasStarted; }

private:
    void doStart() override { m_hasStarted = true; }
    bool m_hasStarted = false;
};

class ParentJob final : public ResultJob<int>
{
public:
    explicit ParentJob(ManualJob *child) : m_child(child) {}

private:
    void doStart() override
    {
        runChild(m_child.data(), [this](const Result<int> &result) {
            if (result)
                succeed(*result + 1);
            else
                fail(result.error());
        });
    }
    QPointer<ManualJob> m_child;
};

} // namespace

class TestJob : public QObject
{
    Q_OBJECT

private slots:
    void finishesOnceAndNeverInsideStart();
    void cancelBeforeStartFinishesOnce();
    void cancelReachesChildren();
    void deletingARunningJobIsSilent();
    void handlerDiesWithItsContext();
    void childResultReachesTheParent();
    void queueKeepsItsLimitPerHost();
    void queuePutsInteractiveJobsFirst();
    void queueForgetsDeletedAndCancelledJobs();
    void workerDeliversItsResult();
    void workerOfADeletedJobIsIgnored();
};

void TestJob::finishesOnceAndNeverInsideStart()
{
    auto *job = new ManualJob(this);
    QSignalSpy finished(job, &Job::finished);
    job->start();
    QVERIFY(!job->hasStarted());
    QTRY_VERIFY(job->hasStarted());
    job->finishWith(1);
    QCOMPARE(finished.count(), 0);
    QPointer<ManualJob> watched = job;
    QTRY_VERIFY(watched.isNull());
    QCOMPARE(finished.count(), 1);
}

void TestJob::cancelBeforeStartFinishesOnce()
{
    auto *job = new ManualJob(this);
    QSignalSpy finished(job, &Job::finished);
    job->cancel();
    job->cancel();
    QCOMPARE(finished.count(), 0);
    QTRY_COMPARE(finished.count(), 1);
}

void TestJob::cancelReachesChildren()
{
    QPointer<ManualJob> child = new ManualJob;
    auto *job = new ParentJob(child);
    std::optional<Result<int>> outcome;
    job->then(this, [&](const auto &result) { outcome = result; });
    job->start();
    QTRY_VERIFY(child && child->hasStarted());
    job->cancel();
    QVERIFY(child->isFinished());
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->error().isCancelled());
}

void TestJob::deletingARunningJobIsSilent()
{
    auto *job = new ManualJob;
    bool called = false;
    job->then(this, [&](const auto &) { called = true; });
    job->start();
    QTRY_VERIFY(job->hasStarted());
    delete job;
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void TestJob::handlerDiesWithItsContext()
{
    auto *job = new ManualJob(this);
    QSignalSpy finished(job, &Job::finished);
    bool called = false;
    {
        QObject context;
        job->then(&context, [&](const auto &) { called = true; });
    }
    job->start();
    QTRY_VERIFY(job->hasStarted());
    job->finishWith(1);
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(!called);
}

void TestJob::childResultReachesTheParent()
{
    QPointer<ManualJob> child = new ManualJob;
    auto *job = new ParentJob(child);
    std::optional<Result<int>> outcome;
    job->then(this, [&](const auto &result) { outcome = result; });
    job->start();
    QTRY_VERIFY(child && child->hasStarted());
    child->finishWith(41);
    QTRY_VERIFY(outcome);
    QCOMPARE(**outcome, 42);
}

void TestJob::queueKeepsItsLimitPerHost()
{
    JobQueue queue(2);
    QList<ManualJob *> jobs;
    for (int i = 0; i < 4; ++i) {
        jobs.append(new ManualJob(this));
        queue.add(jobs.last(), QStringLiteral("a"));
    }
    auto *other = new ManualJob(this);
    queue.add(other, QStringLiteral("b"));
    QTRY_VERIFY(other->hasStarted());
    QCOMPARE(queue.runningCount(QStringLiteral("a")), 2);
    QCOMPARE(queue.waitingCount(), qsizetype(2));
    QVERIFY(!jobs.at(2)->hasStarted());
    jobs.at(0)->finishWith(0);
    QTRY_VERIFY(jobs.at(2)->hasStarted());
    QVERIFY(!jobs.at(3)->hasStarted());
}

void TestJob::queuePutsInteractiveJobsFirst()
{
    JobQueue queue(1);
    auto *running = new ManualJob(this);
    auto *transfer = new ManualJob(this);
    auto *background = new ManualJob(this);
    auto *interactive = new ManualJob(this);
    const QString host = QStringLiteral("a");
    queue.add(running, host);
    queue.add(transfer, host, JobQueue::Priority::Transfer);
    queue.add(background, host, JobQueue::Priority::Background);
    queue.add(interactive, host, JobQueue::Priority::Interactive);
    QTRY_VERIFY(running->hasStarted());
    running->finishWith(0);
    QTRY_VERIFY(interactive->hasStarted());
    QVERIFY(!background->hasStarted());
    interactive->finishWith(0);
    QTRY_VERIFY(background->hasStarted());
    QVERIFY(!transfer->hasStarted());
}

void TestJob::queueForgetsDeletedAndCancelledJobs()
{
    JobQueue queue(1);
    const QString host = QStringLiteral("a");
    auto *running = new ManualJob(this);
    auto *deleted = new ManualJob(this);
    auto *cancelled = new ManualJob(this);
    auto *last = new ManualJob(this);
    for (ManualJob *job : {running, deleted, cancelled, last})
        queue.add(job, host);
    QTRY_VERIFY(running->hasStarted());
    cancelled->cancel();
    delete deleted;
    delete running;
    QTRY_VERIFY(last->hasStarted());
    QCOMPARE(queue.runningCount(host), 1);
}

void TestJob::workerDeliversItsResult()
{
    const auto result = outcomeOf(new WorkerJob<QString>(
        [](const CancelFlag &) { return Result<QString>(QStringLiteral("done")); }));
    QVERIFY(result);
    QCOMPARE(*result, QStringLiteral("done"));
}

void TestJob::workerOfADeletedJobIsIgnored()
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

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
