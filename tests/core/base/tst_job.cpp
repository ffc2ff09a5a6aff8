// SPDX-License-Identifier: Apache-2.0
#include "support/manualjob.h"
#include "support/outcome.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore;

namespace {

class ParentJob final : public ResultJob<int>
{
public:
    explicit ParentJob(ManualJob<int> *child) : m_child(child) {}

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
    QPointer<ManualJob<int>> m_child;
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
    void startAfterCancelDoesNothing();
    void failureOfAChildReachesTheParent();
    void resultsThatComeAfterTheEndAreIgnored();
    void aHandlerMayDeleteTheJob();
    void aHandlerMayDeleteTheOwnerOfTheJob();
    void reachesSeveralListeners();
};

void TestJob::finishesOnceAndNeverInsideStart()
{
    auto *job = new ManualJob<int>(this);
    QSignalSpy finished(job, &Job::finished);
    job->start();
    QVERIFY(!job->hasStarted());
    QTRY_VERIFY(job->hasStarted());
    job->finishWith(1);
    QCOMPARE(finished.count(), 0);
    QPointer<ManualJob<int>> watched = job;
    QTRY_VERIFY(watched.isNull());
    QCOMPARE(finished.count(), 1);
}

void TestJob::cancelBeforeStartFinishesOnce()
{
    auto *job = new ManualJob<int>(this);
    QSignalSpy finished(job, &Job::finished);
    job->cancel();
    job->cancel();
    QCOMPARE(finished.count(), 0);
    QTRY_COMPARE(finished.count(), 1);
}

void TestJob::cancelReachesChildren()
{
    QPointer<ManualJob<int>> child = new ManualJob<int>;
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
    auto *job = new ManualJob<int>;
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
    auto *job = new ManualJob<int>(this);
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
    QPointer<ManualJob<int>> child = new ManualJob<int>;
    auto *job = new ParentJob(child);
    std::optional<Result<int>> outcome;
    job->then(this, [&](const auto &result) { outcome = result; });
    job->start();
    QTRY_VERIFY(child && child->hasStarted());
    child->finishWith(41);
    QTRY_VERIFY(outcome);
    QCOMPARE(**outcome, 42);
}

void TestJob::startAfterCancelDoesNothing()
{
    auto *job = new ManualJob<int>(this);
    QSignalSpy finished(job, &Job::finished);
    job->cancel();
    job->start();
    QVERIFY(!job->hasStarted()); // doStart() would run at once.
    QTRY_COMPARE(finished.count(), 1);
}

void TestJob::failureOfAChildReachesTheParent()
{
    QPointer<ManualJob<int>> child = new ManualJob<int>;
    auto *job = new ParentJob(child);
    std::optional<Result<int>> outcome;
    job->then(this, [&](const auto &result) { outcome = result; });
    job->start();
    QTRY_VERIFY(child && child->hasStarted());
    child->failWith({Error::Kind::NotFound, QStringLiteral("gone")});
    QTRY_VERIFY(outcome);
    QCOMPARE(outcome->error().kind, Error::Kind::NotFound);
}

void TestJob::resultsThatComeAfterTheEndAreIgnored()
{
    QPointer<ManualJob<int>> child = new ManualJob<int>;
    auto *job = new ParentJob(child);
    QSignalSpy finished(job, &Job::finished);
    std::optional<Result<int>> outcome;
    job->then(this, [&](const auto &result) { outcome = result; });
    job->start();
    QTRY_VERIFY(child && child->hasStarted());
    child->finishWith(1); // Not delivered yet.
    job->cancel();
    QTRY_VERIFY(outcome);
    QVERIFY(outcome->error().isCancelled());
    QCoreApplication::processEvents();
    QCOMPARE(finished.count(), 1);
}

void TestJob::aHandlerMayDeleteTheJob()
{
    auto *job = new ManualJob<int>(this);
    QPointer<ManualJob<int>> watched = job;
    job->then(this, [&](const auto &) { delete job; });
    job->start();
    QTRY_VERIFY(job->hasStarted());
    job->finishWith(1);
    QTRY_VERIFY(watched.isNull());
}

void TestJob::aHandlerMayDeleteTheOwnerOfTheJob()
{
    auto owner = std::make_unique<QObject>();
    auto *job = new ManualJob<int>(owner.get());
    job->then(this, [&](const auto &) { owner.reset(); });
    job->start();
    QTRY_VERIFY(job->hasStarted());
    job->finishWith(1);
    QTRY_VERIFY(!owner);
}

void TestJob::reachesSeveralListeners()
{
    auto *job = new ManualJob<int>(this);
    int sum = 0;
    job->then(this, [&](const Result<int> &result) { sum += *result; });
    job->then(this, [&](const Result<int> &result) { sum += 10 * *result; });
    job->start();
    QTRY_VERIFY(job->hasStarted());
    job->finishWith(2);
    QTRY_COMPARE(sum, 22);
}

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
