// SPDX-License-Identifier: Apache-2.0
#include "core/base/jobqueue.h"
#include "support/manualjob.h"

#include <QTest>

using namespace Longshore;

using Priority = JobQueue::Priority;

class TestJobQueue : public QObject
{
    Q_OBJECT

private slots:
    void keepsItsLimitPerHost();
    void putsInteractiveJobsFirst();
    void forgetsDeletedAndCancelledJobs();
    void keepsPlacesFreeForWhatSomebodyWaitsFor();
    void goesOnWithDetailsWhileTransfersFillTheirPlaces();
    void lettingOneGoStartsTheNextOnce();
    void mayGoBeforeItsJobs();

private:
    QList<ManualJob<int> *> add(JobQueue &queue, int count, Priority priority);
};

QList<ManualJob<int> *> TestJobQueue::add(JobQueue &queue, int count, Priority priority)
{
    QList<ManualJob<int> *> jobs;
    for (int i = 0; i < count; ++i) {
        jobs.append(new ManualJob<int>(this));
        queue.add(jobs.last(), QStringLiteral("a"), priority);
    }
    QCoreApplication::processEvents();
    return jobs;
}

static qsizetype startedCount(const QList<ManualJob<int> *> &jobs)
{
    return std::count_if(jobs.begin(), jobs.end(),
                         [](const auto *job) { return job->hasStarted(); });
}

void TestJobQueue::keepsItsLimitPerHost()
{
    JobQueue queue(2);
    QList<ManualJob<int> *> jobs;
    for (int i = 0; i < 4; ++i) {
        jobs.append(new ManualJob<int>(this));
        queue.add(jobs.last(), QStringLiteral("a"));
    }
    auto *other = new ManualJob<int>(this);
    queue.add(other, QStringLiteral("b"));
    QTRY_VERIFY(other->hasStarted());
    QCOMPARE(queue.runningCount(QStringLiteral("a")), 2);
    QCOMPARE(queue.waitingCount(), qsizetype(2));
    QVERIFY(!jobs.at(2)->hasStarted());
    jobs.at(0)->finishWith(0);
    QTRY_VERIFY(jobs.at(2)->hasStarted());
    QVERIFY(!jobs.at(3)->hasStarted());
}

void TestJobQueue::putsInteractiveJobsFirst()
{
    JobQueue queue(1);
    auto *running = new ManualJob<int>(this);
    auto *transfer = new ManualJob<int>(this);
    auto *background = new ManualJob<int>(this);
    auto *interactive = new ManualJob<int>(this);
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

void TestJobQueue::forgetsDeletedAndCancelledJobs()
{
    JobQueue queue(1);
    const QString host = QStringLiteral("a");
    auto *running = new ManualJob<int>(this);
    auto *deleted = new ManualJob<int>(this);
    auto *cancelled = new ManualJob<int>(this);
    auto *last = new ManualJob<int>(this);
    for (ManualJob<int> *job : {running, deleted, cancelled, last})
        queue.add(job, host);
    QTRY_VERIFY(running->hasStarted());
    cancelled->cancel();
    delete deleted;
    delete running;
    QTRY_VERIFY(last->hasStarted());
    QCOMPARE(queue.runningCount(host), 1);
}

void TestJobQueue::keepsPlacesFreeForWhatSomebodyWaitsFor()
{
    JobQueue queue(6);
    const auto transfers = add(queue, 8, Priority::Transfer);
    QCOMPARE(startedCount(transfers), qsizetype(4));
    QCOMPARE(startedCount(add(queue, 3, Priority::Interactive)), qsizetype(2));
    qDeleteAll(children());
}

void TestJobQueue::goesOnWithDetailsWhileTransfersFillTheirPlaces()
{
    JobQueue queue(6);
    add(queue, 8, Priority::Transfer); // Of an hour each.
    const auto details = add(queue, 8, Priority::Background);
    QCOMPARE(startedCount(details), qsizetype(1));
    QCOMPARE(startedCount(add(queue, 2, Priority::Interactive)), qsizetype(1));
    qDeleteAll(children());
}

void TestJobQueue::lettingOneGoStartsTheNextOnce()
{
    JobQueue queue(1);
    const auto jobs = add(queue, 3, Priority::Interactive);
    jobs.at(0)->finishWith(1); // Ends twice for the queue: finished, then destroyed.
    QPointer<QObject> first = jobs.at(0);
    QTRY_VERIFY(!first);
    QVERIFY(jobs.at(1)->hasStarted());
    QVERIFY(!jobs.at(2)->hasStarted());
    QCOMPARE(queue.runningCount(QStringLiteral("a")), 1);
    qDeleteAll(children());
}

void TestJobQueue::mayGoBeforeItsJobs()
{
    auto queue = std::make_unique<JobQueue>(1);
    const auto jobs = add(*queue, 2, Priority::Interactive);
    queue.reset();
    jobs.at(0)->finishWith(1);
    QPointer<QObject> first = jobs.at(0);
    QTRY_VERIFY(!first);
    QVERIFY(!jobs.at(1)->hasStarted());
    qDeleteAll(children());
}

QTEST_GUILESS_MAIN(TestJobQueue)
#include "tst_jobqueue.moc"
