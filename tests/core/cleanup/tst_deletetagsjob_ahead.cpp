// SPDX-License-Identifier: Apache-2.0
#include "support/doomedimages.h"
#include "support/heldrequests.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

/// The look at the next image, while it is asked whether the last one is gone.
class TestDeleteTagsJobAhead : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void waitsForTheCheckOfTheLastOne();
    void believesALookThatFailed();
    void looksAnewBehindOneThatStays();

private:
    [[nodiscard]] DeletionPlan plan() { return m_images->plan(); }
    [[nodiscard]] DeleteTagsJob *job(const DeletionPlan &plan) { return m_images->job(plan); }
    [[nodiscard]] FakeRegistry &registry() { return m_images->registry(); }
    /// Calls \a change when the first DELETE comes.
    void onDeletion(const std::function<void()> &change);

    std::unique_ptr<DoomedImages> m_images;
};

void TestDeleteTagsJobAhead::init()
{
    m_images = std::make_unique<DoomedImages>(QStringList{u"1"_s, u"2"_s, u"3"_s});
}

void TestDeleteTagsJobAhead::onDeletion(const std::function<void()> &change)
{
    registry().intercept([=, isDone = std::make_shared<bool>(false)](const TestRequest &request,
                                                                     const TestConnection &) {
        if (request.method == "DELETE" && !std::exchange(*isDone, true))
            change();
        return false;
    });
}

void TestDeleteTagsJobAhead::waitsForTheCheckOfTheLastOne()
{
    const DeletionPlan whole = plan();
    HeldRequests held(registry(), "HEAD", whole.groups.first().manifest.digest.toString());
    DeleteTagsJob *deletion = job(whole);
    std::optional<Result<DeletionReport>> report;
    deletion->then(this, [&](const auto &result) { report = result; });
    deletion->start();
    QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(1), 20'000);
    // The look at the second goes on meanwhile; its deletion does not.
    QTRY_COMPARE_WITH_TIMEOUT(registry().count("HEAD", u"/manifests/2"_s), qsizetype(2), 20'000);
    QVERIFY(outcomeOf(m_images->session().ping()));
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
    held.release();
    QTRY_VERIFY_WITH_TIMEOUT(report, 20'000);
    QVERIFY(*report && (*report)->isComplete());
}

void TestDeleteTagsJobAhead::believesALookThatFailed()
{
    const DeletionPlan whole = plan();
    onDeletion(
        [&] { registry().setTag(u"a"_s, u"rescued"_s, whole.groups.at(1).manifest.digest); });
    const auto report = outcomeOf<DeletionReport>(job(whole));
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(0).state, State::Deleted);
    QCOMPARE(report->outcomes.at(1).state, State::Skipped);
    QCOMPARE(report->outcomes.at(2).state, State::Deleted);
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"2"_s, u"rescued"_s}));
}

void TestDeleteTagsJobAhead::looksAnewBehindOneThatStays()
{
    const DeletionPlan whole = plan();
    const Digest second = whole.groups.at(1).manifest.digest;
    // The second had another tag at the second look, and none right before it would have gone.
    registry().setTag(u"a"_s, u"rescued"_s, second);
    onDeletion([this, second] {
        registry().removeTag(u"a"_s, u"rescued"_s);
        registry().setTag(u"a"_s, u"3"_s, second);
    });
    const auto report = outcomeOf<DeletionReport>(job(whole));
    QVERIFY(report);
    QCOMPARE(report->outcomes.at(1).state, State::Skipped);
    QCOMPARE(report->outcomes.at(2).state, State::Skipped);
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobAhead)
#include "tst_deletetagsjob_ahead.moc"
