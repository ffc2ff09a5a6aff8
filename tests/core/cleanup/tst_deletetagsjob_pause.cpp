// SPDX-License-Identifier: Apache-2.0
#include "support/doomedimages.h"
#include "support/fakejournal.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = DeletionOutcome::State;
using Stage = RunProgress::Stage;

/// A deletion that somebody pauses at its first request; the image of "stays" is not to go.
class TestDeleteTagsJobPause : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void beginsNothingFurtherUntilItGoesOn();
    void looksAtEverythingOnceMoreAfterAPause();
    void takesATagThatCameBackSinceForANewOne();
    void keepsThePartsOfWhatCameBack();
    void keepsTheRestWhereNothingCanBeSeenAfterAPause();
    void canBeStoppedWhilePaused();
    void canBeStoppedWhileItLooksAfterAPause();
    void tellsWhatItDoes();

private:
    [[nodiscard]] FakeRegistry &registry() { return m_images->registry(); }
    /// Is paused when the first deletion arrives; then \a meanwhile happens.
    [[nodiscard]] DeleteTagsJob *pausedJob(const std::function<void(DeleteTagsJob *)> &meanwhile);
    void onSecondDeletion(const std::function<void()> &act);

    std::unique_ptr<DoomedImages> m_images;
    DeletionPlan m_plan{*RepositoryName::parse(u"a"_s), {}, {}, {}, {}, {}};
};

void TestDeleteTagsJobPause::init()
{
    m_images = std::make_unique<DoomedImages>(QStringList{u"0"_s, u"1"_s, u"2"_s, u"stays"_s});
    m_plan = m_images->plan();
    m_plan.groups.removeIf(
        [](const DeletionGroup &group) { return group.chosen.contains(*Tag::parse(u"stays")); });
}

DeleteTagsJob *
TestDeleteTagsJobPause::pausedJob(const std::function<void(DeleteTagsJob *)> &meanwhile)
{
    DeleteTagsJob *job = m_images->job(m_plan);
    registry().intercept([this, job](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE" && registry().count("DELETE") == 1)
            job->pause();
        return false;
    });
    connect(job, &DeleteTagsJob::stepped, this, [job, meanwhile](const RunProgress &progress) {
        if (progress.stage == Stage::Paused)
            meanwhile(job);
    });
    return job;
}

void TestDeleteTagsJobPause::onSecondDeletion(const std::function<void()> &act)
{
    registry().intercept([this, act](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE" && registry().count("DELETE") == 2)
            act();
        return false;
    });
}

void TestDeleteTagsJobPause::beginsNothingFurtherUntilItGoesOn()
{
    DeleteTagsJob *paused = nullptr;
    DeleteTagsJob *job = pausedJob([&](DeleteTagsJob *one) { paused = one; });
    std::optional<Result<DeletionReport>> report;
    job->then(this, [&](const auto &result) { report = result; });
    job->start();
    QTRY_VERIFY(paused);
    QVERIFY(outcomeOf(m_images->session().ping())); // Whatever was on its way has come by then.
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
    QVERIFY(!report);
    paused->resume();
    QTRY_VERIFY(report);
    QCOMPARE(DoomedImages::states(*report),
             (QList<State>{State::Deleted, State::Deleted, State::Deleted}));
    QCOMPARE(registry().tags(u"a"_s), QStringList{u"stays"_s});
}

void TestDeleteTagsJobPause::looksAtEverythingOnceMoreAfterAPause()
{
    const Digest last = m_plan.groups.at(2).manifest.digest;
    const auto report = outcomeOf<DeletionReport>(pausedJob([&](DeleteTagsJob *job) {
        registry().setTag(u"a"_s, u"stays"_s, last);
        job->resume();
    }));
    QCOMPARE(DoomedImages::states(report),
             (QList<State>{State::Deleted, State::Deleted, State::Skipped}));
    QVERIFY(registry().hasManifest(u"a"_s, last));
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"2"_s, u"stays"_s}));
}

void TestDeleteTagsJobPause::takesATagThatCameBackSinceForANewOne()
{
    const Digest last = m_plan.groups.at(2).manifest.digest;
    DeleteTagsJob *job = pausedJob([&](DeleteTagsJob *paused) {
        registry().removeTag(u"a"_s, u"stays"_s);
        paused->resume();
    });
    onSecondDeletion([&] { registry().setTag(u"a"_s, u"stays"_s, last); });
    const auto report = outcomeOf<DeletionReport>(job);
    QCOMPARE(DoomedImages::states(report),
             (QList<State>{State::Deleted, State::Deleted, State::Skipped}));
    QVERIFY(registry().hasManifest(u"a"_s, last));
}

/// A build that is the same each time brings back the same index.
void TestDeleteTagsJobPause::keepsThePartsOfWhatCameBack()
{
    const Digest part = m_plan.groups.at(2).manifest.digest;
    const auto push = [&] { m_images->addIndexOf(u"index"_s, part); };
    push();
    m_plan = m_images->plan();
    m_plan.groups.removeIf([&](const DeletionGroup &group) {
        return !group.chosen.contains(*Tag::parse(u"index")) && group.manifest.digest != part;
    });
    const auto report = outcomeOf<DeletionReport>(pausedJob([&](DeleteTagsJob *job) {
        push();
        job->resume();
    }));
    QVERIFY(report);
    for (const DeletionOutcome &outcome : report->outcomes)
        QCOMPARE(outcome.state,
                 outcome.group.manifest.digest == part ? State::Skipped : State::Deleted);
    QVERIFY(registry().hasManifest(u"a"_s, part));
}

void TestDeleteTagsJobPause::keepsTheRestWhereNothingCanBeSeenAfterAPause()
{
    const auto journal = std::make_shared<FakeJournal>();
    DeleteTagsJob *job = pausedJob([&](DeleteTagsJob *paused) {
        registry().failNext("GET", u"/tags/list"_s, {404});
        paused->resume();
    });
    job->setJournal(journal);
    const auto report = outcomeOf<DeletionReport>(job);
    QCOMPARE(DoomedImages::states(report),
             (QList<State>{State::Deleted, State::Failed, State::NotTried}));
    QCOMPARE(report->outcomes.at(1).error->kind, Error::Kind::NotFound);
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
    QCOMPARE(journal->lines().last(), u"end"_s);
}

void TestDeleteTagsJobPause::canBeStoppedWhilePaused()
{
    const auto journal = std::make_shared<FakeJournal>();
    DeleteTagsJob *job = pausedJob([](DeleteTagsJob *paused) {
        paused->stop();
        paused->resume(); // Too late.
    });
    job->setJournal(journal);
    const auto report = outcomeOf<DeletionReport>(job);
    QCOMPARE(DoomedImages::states(report),
             (QList<State>{State::Deleted, State::NotTried, State::NotTried}));
    QCOMPARE(registry().count("DELETE"), qsizetype(1));
    QCOMPARE(journal->lines().last(), u"end"_s);
}

void TestDeleteTagsJobPause::canBeStoppedWhileItLooksAfterAPause()
{
    DeleteTagsJob *job = pausedJob([](DeleteTagsJob *paused) {
        paused->resume();
        paused->stop();
    });
    const auto report = outcomeOf<DeletionReport>(job);
    QCOMPARE(DoomedImages::states(report),
             (QList<State>{State::Deleted, State::NotTried, State::NotTried}));
}

void TestDeleteTagsJobPause::tellsWhatItDoes()
{
    const QString first = m_plan.groups.first().manifest.digest.toString();
    registry().intercept([first](const TestRequest &request, const TestConnection &connection) {
        const bool isFirst = request.method == "DELETE" && request.path().contains(first);
        if (isFirst)
            connection.answer({400});
        return isFirst;
    });
    m_plan.groups.removeLast();
    DeleteTagsJob *job = m_images->job(m_plan);
    QList<RunProgress> seen;
    connect(job, &DeleteTagsJob::stepped, this,
            [&](const RunProgress &progress) { seen.append(progress); });
    QVERIFY(outcomeOf<DeletionReport>(job));
    const QList<Tag> tags{*Tag::parse(u"0"), *Tag::parse(u"1")};
    QCOMPARE(seen, (QList<RunProgress>{{Stage::Backup},
                                       {Stage::Check},
                                       {Stage::Check, {tags.first()}},
                                       {Stage::Delete, {tags.first()}},
                                       {Stage::Delete, {tags.first()}, 0, 0, 1},
                                       {Stage::Check, {tags.last()}, 0, 0, 1},
                                       {Stage::Delete, {tags.last()}, 0, 0, 1},
                                       {Stage::Verify, {tags.last()}, 0, 0, 1},
                                       {Stage::Verify, {tags.last()}, 1, 0, 1}}));
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobPause)
#include "tst_deletetagsjob_pause.moc"
