// SPDX-License-Identifier: Apache-2.0
#include "support/doomedimages.h"

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
    void saysWhyAnImageStaysThatLostItsTags();

private:
    [[nodiscard]] DeletionPlan plan() { return m_images->plan(); }
    [[nodiscard]] DeleteTagsJob *job(const DeletionPlan &plan) { return m_images->job(plan); }
    [[nodiscard]] FakeRegistry &registry() { return m_images->registry(); }

    std::unique_ptr<DoomedImages> m_images;
};

void TestDeleteTagsJobContinued::init()
{
    m_images = std::make_unique<DoomedImages>(QStringList{u"0"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s,
                                                          u"5"_s, u"6"_s, u"7"_s, u"8"_s, u"9"_s});
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
    QCOMPARE(report->count(State::Deleted), qsizetype(5)); // With those that were under way.
    QCOMPARE(report->count(State::NotTried), qsizetype(5));
    QCOMPARE(registry().count("DELETE"), qsizetype(5));
    const DeletionPlan rest = report->rest(whole);
    QCOMPARE(rest.groups.size(), qsizetype(5));
    QVERIFY(rest.withheld.isEmpty());
    const auto second = outcomeOf<DeletionReport>(m_images->job(rest, u"second"_s));
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
    QCOMPARE(report->count(State::Deleted), qsizetype(1));
    QCOMPARE(report->count(State::Unverified), qsizetype(4)); // Nobody knows.
    QCOMPARE(report->count(State::NotTried), qsizetype(4)); // It ends after five in a row.
    isGone = false;
    registry().intercept([this](const TestRequest &request, const TestConnection &connection) {
        registry().answerNormally(request, connection);
        return true;
    });
    QCOMPARE(registry().tags(u"a"_s).size(), qsizetype(7));
    const DeletionPlan rest = plan(); // Made anew, as CheckBrokenRunJob does.
    const auto second = outcomeOf<DeletionReport>(m_images->job(rest, u"second"_s));
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

void TestDeleteTagsJobContinued::saysWhyAnImageStaysThatLostItsTags()
{
    const DeletionPlan whole = plan();
    const DeletionGroup &group = whole.groups.first();
    registry().removeTag(u"a"_s, group.chosen.first().toString());
    registry().failNext("DELETE", group.manifest.digest.toString(), {500}, 9);
    const auto report = outcomeOf<DeletionReport>(job(whole));
    QVERIFY(report);
    const DeletionOutcome &outcome = report->outcomes.first();
    QCOMPARE(outcome.state, State::Failed);
    QVERIFY(outcome.error);
    QCOMPARE(outcome.tags(), group.chosen); // Each of them has a row in the report.
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobContinued)
#include "tst_deletetagsjob_continued.moc"
