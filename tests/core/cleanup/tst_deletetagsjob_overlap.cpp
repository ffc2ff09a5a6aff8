// SPDX-License-Identifier: Apache-2.0
#include "support/doomedimages.h"
#include "support/heldrequests.h"

#include <QPointer>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;

/// The question whether an image is gone, while the next one is deleted.
class TestDeleteTagsJobOverlap : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void asksBesideTheNextDeletion();
    void deletesAPartOnlyBehindItsIndex();
    void endsBehindWhatIsUnderWay();
    void stopsBehindBoth();
    void deletesNothingThatWasOnlyLookedAt_data();
    void deletesNothingThatWasOnlyLookedAt();
    void countsImagesThatOnlySeemToGo();
    void asksFirstWhatNobodyHasSaved();
    void looksAnewWhereALookFailed();
    void keepsWhatChangesWhileTheLastOneGoes();
    void looksAnewBehindOneThatStays();

private:
    [[nodiscard]] DeletionPlan plan() { return m_images->plan(); }
    [[nodiscard]] DeleteTagsJob *job(const DeletionPlan &plan) { return m_images->job(plan); }
    [[nodiscard]] Result<DeletionReport> run(const DeletionPlan &plan)
    {
        return outcomeOf<DeletionReport>(job(plan));
    }
    [[nodiscard]] FakeRegistry &registry() { return m_images->registry(); }
    /// Calls \a change when the first DELETE comes.
    void onDeletion(const std::function<void()> &change);
    /// Whether an image is gone is answered like this, once it was deleted.
    void answerQuestions(const Digest &image, const TestAnswer &answer);
    [[nodiscard]] static QList<State> states(const Result<DeletionReport> &report);

    std::unique_ptr<DoomedImages> m_images;
};

void TestDeleteTagsJobOverlap::init()
{
    m_images = std::make_unique<DoomedImages>(QStringList{u"1"_s, u"2"_s, u"3"_s});
}

void TestDeleteTagsJobOverlap::onDeletion(const std::function<void()> &change)
{
    registry().intercept([=, isDone = std::make_shared<bool>(false)](const TestRequest &request,
                                                                     const TestConnection &) {
        if (request.method == "DELETE" && !std::exchange(*isDone, true))
            change();
        return false;
    });
}

void TestDeleteTagsJobOverlap::answerQuestions(const Digest &image, const TestAnswer &answer)
{
    registry().intercept([=, this, path = image.toString()](const TestRequest &request,
                                                            const TestConnection &connection) {
        const bool isQuestion = request.method != "DELETE" && request.path().contains(path)
                                && registry().count("DELETE", path) > 0;
        if (isQuestion)
            connection.answer(answer);
        return isQuestion;
    });
}

QList<State> TestDeleteTagsJobOverlap::states(const Result<DeletionReport> &report)
{
    QList<State> result;
    for (qsizetype i = 0; report && i < report->outcomes.size(); ++i)
        result.append(report->outcomes.at(i).state);
    return result;
}

void TestDeleteTagsJobOverlap::asksBesideTheNextDeletion()
{
    const DeletionPlan whole = plan();
    HeldRequests held(registry(), "HEAD", whole.groups.first().manifest.digest.toString());
    DeleteTagsJob *deletion = job(whole);
    std::optional<Result<DeletionReport>> report;
    deletion->then(this, [&](const auto &result) { report = result; });
    deletion->start();
    QTRY_COMPARE_WITH_TIMEOUT(registry().count("DELETE"), qsizetype(2), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(1), 20'000);
    QVERIFY(outcomeOf(m_images->session().ping())); // Whatever was on its way has come by then.
    QCOMPARE(registry().count("DELETE"), qsizetype(2)); // The third has to wait.
    held.release();
    QTRY_VERIFY_WITH_TIMEOUT(report, 20'000);
    QVERIFY(*report && (*report)->isComplete());
}

void TestDeleteTagsJobOverlap::deletesAPartOnlyBehindItsIndex()
{
    const Digest part = plan().groups.first().manifest.digest;
    const QByteArray text = R"({"schemaVersion":2,"manifests":[{"mediaType":")"
                            + MediaType::ociManifest().toString().toLatin1()
                            + R"(","size":9,"digest":")" + part.toString().toLatin1() + R"("}]})";
    const Digest index = registry().addManifest(u"a"_s, u"index"_s, text, MediaType::ociIndex());
    DeletionPlan both = plan();
    both.groups.removeIf([&](const DeletionGroup &group) {
        return group.manifest.digest != part && group.manifest.digest != index;
    });
    HeldRequests held(registry(), "HEAD", index.toString());
    DeleteTagsJob *deletion = job(both);
    std::optional<Result<DeletionReport>> report;
    deletion->then(this, [&](const auto &result) { report = result; });
    deletion->start();
    QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(1), 20'000);
    QVERIFY(outcomeOf(m_images->session().ping()));
    QCOMPARE(registry().count("DELETE", index.toString()), qsizetype(1));
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
    held.release();
    QTRY_VERIFY_WITH_TIMEOUT(report, 20'000);
    QVERIFY(*report && (*report)->isComplete());
}

void TestDeleteTagsJobOverlap::endsBehindWhatIsUnderWay()
{
    const DeletionPlan whole = plan();
    answerQuestions(whole.groups.first().manifest.digest, {403});
    const auto report = run(whole);
    QCOMPARE(states(report), (QList<State>{State::Unverified, State::Deleted, State::NotTried}));
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"3"_s});
}

void TestDeleteTagsJobOverlap::stopsBehindBoth()
{
    const DeletionPlan whole = plan();
    HeldRequests held(registry(), "DELETE", whole.groups.at(1).manifest.digest.toString());
    const QPointer<DeleteTagsJob> deletion = job(whole);
    std::optional<Result<DeletionReport>> report;
    deletion->then(this, [&](const auto &result) { report = result; });
    deletion->start();
    QTRY_COMPARE_WITH_TIMEOUT(held.count(), qsizetype(1), 20'000);
    deletion->stop();
    held.release();
    QTRY_VERIFY_WITH_TIMEOUT(report, 20'000);
    QCOMPARE(states(*report), (QList<State>{State::Deleted, State::Deleted, State::NotTried}));
}

void TestDeleteTagsJobOverlap::deletesNothingThatWasOnlyLookedAt_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::newRow("stopped") << true;
    QTest::newRow("paused, then stopped") << false;
}

void TestDeleteTagsJobOverlap::deletesNothingThatWasOnlyLookedAt()
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
    QCOMPARE(states(report), (QList<State>{State::Deleted, State::NotTried, State::NotTried}));
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
}

/// The fifth is known to have stayed when the sixth is on its way.
void TestDeleteTagsJobOverlap::countsImagesThatOnlySeemToGo()
{
    m_images = std::make_unique<DoomedImages>(
        QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s, u"7"_s, u"8"_s});
    registry().failNext("DELETE", u"/manifests/"_s, {202}, 100);
    const auto report = run(plan());
    QVERIFY(report);
    QCOMPARE(report->count(State::Unverified), qsizetype(6));
    QCOMPARE(report->count(State::NotTried), qsizetype(2));
    QCOMPARE(registry().count("DELETE"), qsizetype(6));
}

void TestDeleteTagsJobOverlap::asksFirstWhatNobodyHasSaved()
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

void TestDeleteTagsJobOverlap::looksAnewWhereALookFailed()
{
    onDeletion([this] { registry().failNext("GET", u"/tags/list"_s, {404}); });
    const auto report = run(plan());
    QVERIFY(report);
    QVERIFY(report->isComplete());
}

void TestDeleteTagsJobOverlap::keepsWhatChangesWhileTheLastOneGoes()
{
    const DeletionPlan whole = plan();
    onDeletion(
        [&] { registry().setTag(u"a"_s, u"rescued"_s, whole.groups.at(1).manifest.digest); });
    const auto report = run(whole);
    QCOMPARE(states(report), (QList<State>{State::Deleted, State::Skipped, State::Deleted}));
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"2"_s, u"rescued"_s}));
}

void TestDeleteTagsJobOverlap::looksAnewBehindOneThatStays()
{
    const DeletionPlan whole = plan();
    const Digest second = whole.groups.at(1).manifest.digest;
    // The second had another tag at the second look, and none right before it would have gone.
    registry().setTag(u"a"_s, u"rescued"_s, second);
    onDeletion([this, second] {
        registry().removeTag(u"a"_s, u"rescued"_s);
        registry().setTag(u"a"_s, u"3"_s, second);
    });
    const auto report = run(whole);
    QCOMPARE(states(report), (QList<State>{State::Deleted, State::Skipped, State::Skipped}));
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobOverlap)
#include "tst_deletetagsjob_overlap.moc"
