// SPDX-License-Identifier: Apache-2.0
#include "core/base/foreachjob.h"
#include "support/manualjob.h"
#include "support/outcome.h"

#include <QSignalSpy>

using namespace Longshore;

using SquareAll = ForEachJob<int, int>;

class TestForEachJob : public QObject
{
    Q_OBJECT

private slots:
    void handsOverEveryResult();
    void succeedsWithoutItems();
    void runsABoundedNumberAtOnce();
    void stopsWhenAListenerHasHadEnough();
    void countsItems();
};

static ResultJob<int> *finishedJob(int value)
{
    auto *job = new ManualJob<int>;
    QMetaObject::invokeMethod(
        job, [job, value] { job->finishWith(value); }, Qt::QueuedConnection);
    return job;
}

void TestForEachJob::handsOverEveryResult()
{
    QMap<int, int> squares;
    const auto result = outcomeOf(new SquareAll(
        {1, 2, 3}, [](int item) { return finishedJob(item * item); },
        [&](int item, const Result<int> &square) { squares.insert(item, *square); }));
    QVERIFY(result);
    QCOMPARE(squares, (QMap<int, int>{{1, 1}, {2, 4}, {3, 9}}));
}

void TestForEachJob::succeedsWithoutItems()
{
    QVERIFY(outcomeOf(new SquareAll({}, &finishedJob, [](int, const auto &) {})));
}

void TestForEachJob::runsABoundedNumberAtOnce()
{
    QList<ManualJob<int> *> made;
    auto *all = new SquareAll(
        QList<int>(100, 0),
        [&](int) {
            made.append(new ManualJob<int>);
            return made.last();
        },
        [](int, const auto &) {});
    all->start();
    QTRY_COMPARE(made.size(), qsizetype(16));
    made.first()->finishWith(0);
    QTRY_COMPARE(made.size(), qsizetype(17));
    delete all;
}

void TestForEachJob::stopsWhenAListenerHasHadEnough()
{
    int made = 0;
    int handled = 0;
    auto *all = new SquareAll(
        QList<int>(100, 0),
        [&](int item) {
            ++made;
            return finishedJob(item);
        },
        [&](int, const auto &) { ++handled; });
    connect(all, &Job::progressChanged, all, &Job::cancel);
    const auto result = outcomeOf(all);
    QVERIFY(!result);
    QVERIFY(result.error().isCancelled());
    QCOMPARE(handled, 1);
    QCOMPARE(made, 16);
}

void TestForEachJob::countsItems()
{
    auto *all = new SquareAll({1, 2}, &finishedJob, [](int, const auto &) {});
    QSignalSpy progress(all, &Job::progressChanged);
    QVERIFY(outcomeOf(all));
    QCOMPARE(progress.count(), 2);
    QCOMPARE(progress.last().at(0).toLongLong(), 2);
    QCOMPARE(progress.last().at(1).toLongLong(), 2);
}

QTEST_GUILESS_MAIN(TestForEachJob)
#include "tst_foreachjob.moc"
