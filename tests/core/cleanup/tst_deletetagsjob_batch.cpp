// SPDX-License-Identifier: Apache-2.0
#include "support/doomedimages.h"
#include "support/heldrequests.h"

#include <QPointer>

#include <algorithm>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

/// What is deleted together, behind a first one that goes alone.
class TestDeleteTagsJobBatch : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void deletesTheFirstAlone();
    void deletesFourTogether();
    void looksAtAllBeforeItDeletesThem();
    void deletesAPartOnlyBehindItsIndex();
    void endsBehindThoseThatAreUnderWay();
    void stopsBehindThoseThatAreUnderWay();
    void deletesNothingThatWasOnlyLookedAt_data();
    void deletesNothingThatWasOnlyLookedAt();
    void deletesNothingOnceCancelledByWhoeverIsTold();
    void deletesOneByOneWhatOnlySeemsToGo();
    void asksFirstWhatNobodyHasSaved();
    void keepsWhatChangesWhileOthersGo();

private:
    [[nodiscard]] DeletionPlan plan() { return m_images->plan(); }
    [[nodiscard]] DeleteTagsJob *job(const DeletionPlan &plan) { return m_images->job(plan); }
    [[nodiscard]] Result<DeletionReport> run(const DeletionPlan &plan)
    {
        return outcomeOf<DeletionReport>(job(plan));
    }
    /// Its report, once there is one.
    [[nodiscard]] std::shared_ptr<std::optional<Result<DeletionReport>>> start(DeleteTagsJob *job);
    [[nodiscard]] FakeRegistry &registry() { return m_images->registry(); }
    /// Whatever was on its way has come by then.
    void settleRequests() { QVERIFY(outcomeOf(m_images->session().ping())); }

    std::unique_ptr<DoomedImages> m_images;
};

void TestDeleteTagsJobBatch::init()
{
    m_images = std::make_unique<DoomedImages>(
        QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s, u"7"_s});
}

std::shared_ptr<std::optional<Result<DeletionReport>>>
TestDeleteTagsJobBatch::start(DeleteTagsJob *job)
{
    auto report = std::make_shared<std::optional<Result<DeletionReport>>>();
    job->then(this, [report](const auto &result) { *report = result; });
    job->start();
    return report;
}

/// Whether anything can be deleted here at all is not known before.
void TestDeleteTagsJobBatch::deletesTheFirstAlone()
{
    const DeletionPlan whole = plan();
    HeldRequests held(registry(), "HEAD", whole.groups.first().manifest.digest.toString());
    const auto report = start(job(whole));
    QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(1), 20'000); // Whether it is gone.
    settleRequests();
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
    held.release();
    QTRY_VERIFY_WITH_TIMEOUT(*report, 20'000);
    QVERIFY(**report && (**report)->isComplete());
}

void TestDeleteTagsJobBatch::deletesFourTogether()
{
    HeldRequests held(registry(), "DELETE", u"/manifests/"_s);
    const auto report = start(job(plan()));
    QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(1), 20'000);
    held.answerOne();
    QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(4), 20'000);
    settleRequests();
    QCOMPARE(held.count(), qsizetype(4));
    held.release();
    QTRY_VERIFY_WITH_TIMEOUT(*report, 20'000);
    QVERIFY(**report && (**report)->isComplete());
    QCOMPARE(registry().tags(u"a"_s), QStringList());
}

/// Nothing is looked at while something is deleted: what others do then would be missed.
void TestDeleteTagsJobBatch::looksAtAllBeforeItDeletesThem()
{
    HeldRequests held(registry(), "DELETE", u"/manifests/"_s);
    const auto report = start(job(plan()));
    for (const qsizetype size : {1, 4, 2}) {
        QTRY_COMPARE_WITH_TIMEOUT(held.count(), size, 20'000);
        const QStringList lines = registry().requestLines();
        const QStringList looks = lines.mid(0, lines.size() - size).filter(u"HEAD"_s);
        QVERIFY(looks.mid(looks.size() - size).filter(u"sha256:"_s).isEmpty());
        QCOMPARE(lines.last(size).filter(u"DELETE"_s).size(), size);
        registry().forgetRequests();
        for (qsizetype i = 0; i < size; ++i) {
            settleRequests();
            QVERIFY(registry().requestLines().filter(u"/manifests/"_s).isEmpty());
            registry().forgetRequests();
            if (i < size - 1)
                held.answerOne();
        }
        held.answerOne();
    }
    QTRY_VERIFY_WITH_TIMEOUT(*report, 20'000);
    QVERIFY(**report && (**report)->isComplete());
}

void TestDeleteTagsJobBatch::deletesAPartOnlyBehindItsIndex()
{
    const DeletionPlan before = plan();
    const Digest part = before.groups.at(1).manifest.digest;
    m_images->addIndexOf(u"first"_s, before.groups.at(0).manifest.digest);
    const Digest index = m_images->addIndexOf(u"index"_s, part);
    const DeletionPlan whole = plan();
    HeldRequests held(registry(), "HEAD", index.toString());
    const auto report = start(job(whole));
    QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(1), 20'000); // Whether it is gone.
    settleRequests();
    QCOMPARE(registry().count("DELETE", index.toString()), qsizetype(1));
    QCOMPARE(registry().count("DELETE", part.toString()), qsizetype(0));
    held.release();
    QTRY_VERIFY_WITH_TIMEOUT(*report, 20'000);
    QVERIFY(**report && (**report)->isComplete());
}

void TestDeleteTagsJobBatch::endsBehindThoseThatAreUnderWay()
{
    const DeletionPlan whole = plan();
    registry().failNext("DELETE", whole.groups.at(2).manifest.digest.toString(), {403});
    QCOMPARE(DoomedImages::states(run(whole)),
             (QList<State>{State::Deleted, State::Deleted, State::Failed, State::Deleted,
                           State::Deleted, State::NotTried, State::NotTried}));
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"3"_s, u"6"_s, u"7"_s}));
}

void TestDeleteTagsJobBatch::stopsBehindThoseThatAreUnderWay()
{
    const DeletionPlan whole = plan();
    HeldRequests held(registry(), "DELETE", whole.groups.at(1).manifest.digest.toString());
    const QPointer<DeleteTagsJob> deletion = job(whole);
    const auto report = start(deletion);
    QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(1), 20'000);
    deletion->stop();
    held.release();
    QTRY_VERIFY_WITH_TIMEOUT(*report, 20'000);
    QCOMPARE(DoomedImages::states(**report).count(State::Deleted), qsizetype(5));
    QCOMPARE(DoomedImages::states(**report).count(State::NotTried), qsizetype(2));
}

void TestDeleteTagsJobBatch::deletesNothingThatWasOnlyLookedAt_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::newRow("stopped") << true;
    QTest::newRow("paused, then stopped") << false;
}

void TestDeleteTagsJobBatch::deletesNothingThatWasOnlyLookedAt()
{
    QFETCH(const bool, isStopped);
    const QPointer<DeleteTagsJob> deletion = job(plan());
    registry().intercept([=, this](const TestRequest &request, const TestConnection &) {
        if (request.path().endsWith(u"/manifests/2"_s) && registry().count("DELETE") == 1)
            isStopped ? deletion->stop() : deletion->pause();
        return false;
    });
    connect(deletion, &DeleteTagsJob::stepped, this, [deletion](const RunProgress &progress) {
        if (progress.stage == RunProgress::Stage::Paused)
            deletion->stop();
    });
    const auto report = outcomeOf<DeletionReport>(deletion.get());
    QCOMPARE(DoomedImages::states(report).first(), State::Deleted);
    QCOMPARE(DoomedImages::states(report).count(State::NotTried), qsizetype(6));
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
}

void TestDeleteTagsJobBatch::deletesNothingOnceCancelledByWhoeverIsTold()
{
    const DeletionPlan whole = plan();
    m_images->onFirstDeletion(
        [&] { registry().setTag(u"a"_s, u"rescued"_s, whole.groups.at(1).manifest.digest); });
    DeleteTagsJob *deletion = job(whole);
    connect(deletion, &DeleteTagsJob::stepped, this, [deletion](const RunProgress &progress) {
        if (progress.skipped > 0)
            deletion->cancel();
    });
    const auto report = outcomeOf<DeletionReport>(deletion);
    QVERIFY(!report && report.error().isCancelled());
    settleRequests();
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
}

void TestDeleteTagsJobBatch::deletesOneByOneWhatOnlySeemsToGo()
{
    registry().failNext("DELETE", u"/manifests/"_s, {202}, 100);
    const auto report = run(plan());
    QVERIFY(report);
    QCOMPARE(report->count(State::Unverified), qsizetype(5)); // In a row.
    QCOMPARE(report->count(State::NotTried), qsizetype(2));
    QCOMPARE(registry().count("DELETE"), qsizetype(5));
}

void TestDeleteTagsJobBatch::asksFirstWhatNobodyHasSaved()
{
    const DeletionPlan whole = plan();
    const Digest first = whole.groups.first().manifest.digest;
    QVERIFY(outcomeOf(m_images->session().deleteManifest(whole.repository, first)));
    registry().forgetRequests();
    const auto isRefused = [this, first](const TestRequest &request, const TestConnection &client) {
        const bool isToBeSaved =
            request.method == "GET" && registry().count("GET", first.toString()) == 1;
        const bool isQuestion = request.path().contains(first.toString()) && !isToBeSaved;
        if (isQuestion)
            client.answer({403});
        return isQuestion;
    };
    registry().intercept(isRefused);
    const auto report = run(whole);
    QVERIFY(!report);
    QCOMPARE(report.error().httpStatus, 403);
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

void TestDeleteTagsJobBatch::keepsWhatChangesWhileOthersGo()
{
    const DeletionPlan whole = plan();
    m_images->onFirstDeletion(
        [&] { registry().setTag(u"a"_s, u"rescued"_s, whole.groups.at(1).manifest.digest); });
    const auto report = run(whole);
    QCOMPARE(DoomedImages::states(report).count(State::Deleted), qsizetype(6));
    QCOMPARE(DoomedImages::states(report).at(1), State::Skipped);
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"2"_s, u"rescued"_s}));
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobBatch)
#include "tst_deletetagsjob_batch.moc"
