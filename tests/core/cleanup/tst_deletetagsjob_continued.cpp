// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

/// A deletion that ends before everything was tried, and goes on later.
class TestDeleteTagsJobContinued : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void leavesAPlanToGoOnWithWhenStopped();
    void changesNothingWhenStoppedBeforeItBegins();
    void changesNothingWhenStoppedWhileItSaves();
    void goesOnLaterWhenTheNetworkWasGone();
    void tellsWhatEachPartTook();

private:
    /// A plan for all of "0" to "9", an image each.
    [[nodiscard]] DeletionPlan plan();
    [[nodiscard]] DeleteTagsJob *job(const DeletionPlan &plan)
    {
        return new DeleteTagsJob(m_connection->session, plan, m_backup->filePath(u"b"_s));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_backup;
};

void TestDeleteTagsJobContinued::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_backup = std::make_unique<QTemporaryDir>();
    for (int i = 0; i < 10; ++i) {
        const QString name = QString::number(i);
        TestImages::addImage(registry(), u"a"_s, name, {.layers = {name.toUtf8()}});
    }
}

DeletionPlan TestDeleteTagsJobContinued::plan()
{
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(u"a")));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    QList<Tag> all;
    for (const auto &[tag, manifest] : snapshot->tags)
        all.append(tag);
    registry().forgetRequests();
    return planDeletion(*snapshot, all);
}

void TestDeleteTagsJobContinued::leavesAPlanToGoOnWithWhenStopped()
{
    const DeletionPlan whole = plan();
    DeleteTagsJob *stopped = job(whole);
    registry().intercept(
        [&, count = 0](const TestRequest &request, const TestConnection &) mutable {
            if (request.method == "DELETE" && ++count == 3)
                stopped->stop();
            return false;
        });
    const auto report = outcomeOf<DeletionReport>(stopped);
    QVERIFY(report);
    QCOMPARE(report->count(State::Deleted), qsizetype(3)); // With the one that was under way.
    QCOMPARE(report->count(State::NotTried), qsizetype(7));
    QCOMPARE(registry().count("DELETE"), qsizetype(3));
    const DeletionPlan rest = report->rest(whole);
    QCOMPARE(rest.groups.size(), qsizetype(7));
    const auto second =
        outcomeOf(new DeleteTagsJob(m_connection->session, rest, m_backup->filePath(u"second"_s)));
    QVERIFY(second && second->isComplete());
    QVERIFY(second->rest(rest).groups.isEmpty());
    QCOMPARE(registry().tags(u"a"_s), QStringList());
}

void TestDeleteTagsJobContinued::changesNothingWhenStoppedBeforeItBegins()
{
    DeleteTagsJob *stopped = job(plan());
    stopped->stop();
    const auto report = outcomeOf<DeletionReport>(stopped);
    QVERIFY(report);
    QCOMPARE(report->count(State::NotTried), qsizetype(10));
    QVERIFY(registry().requests().isEmpty());
}

void TestDeleteTagsJobContinued::changesNothingWhenStoppedWhileItSaves()
{
    DeletionPlan whole = plan();
    whole.savesLayers = true;
    DeleteTagsJob *stopped = job(whole);
    registry().intercept([&](const TestRequest &request, const TestConnection &) {
        if (!request.path().contains("/blobs/"_L1))
            return false;
        stopped->stop();
        return true; // A large one: it would take an hour.
    });
    const auto report = outcomeOf<DeletionReport>(stopped);
    QVERIFY(!report);
    QVERIFY(report.error().isCancelled());
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

void TestDeleteTagsJobContinued::goesOnLaterWhenTheNetworkWasGone()
{
    const DeletionPlan whole = plan();
    bool isGone = false;
    registry().intercept(
        [&, count = 0](const TestRequest &request, const TestConnection &connection) mutable {
            isGone = isGone || (request.method == "DELETE" && ++count == 4);
            if (isGone)
                connection.reset();
            return isGone;
        });
    const auto report = outcomeOf<DeletionReport>(job(whole));
    QVERIFY(report);
    QCOMPARE(report->count(State::Deleted), qsizetype(3));
    QCOMPARE(report->outcomes.at(3).state, State::Unverified); // Nobody knows.
    QCOMPARE(report->count(State::NotTried), qsizetype(2)); // It ends after five in a row.
    isGone = false;
    registry().intercept([this](const TestRequest &request, const TestConnection &connection) {
        registry().answerNormally(request, connection);
        return true;
    });
    QCOMPARE(registry().tags(u"a"_s).size(), qsizetype(7));
    const DeletionPlan rest = plan(); // Made anew, as CheckBrokenRunJob does.
    const auto second =
        outcomeOf(new DeleteTagsJob(m_connection->session, rest, m_backup->filePath(u"second"_s)));
    QVERIFY(second && second->isComplete());
}

void TestDeleteTagsJobContinued::tellsWhatEachPartTook()
{
    const auto report = outcomeOf<DeletionReport>(job(plan()));
    QVERIFY(report);
    const DeletionTimes &times = report->times;
    for (const auto time :
         {times.backup, times.secondLook, times.rechecks, times.deletions, times.verifications})
        QVERIFY(time.count() > 0);
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobContinued)
#include "tst_deletetagsjob_continued.moc"
