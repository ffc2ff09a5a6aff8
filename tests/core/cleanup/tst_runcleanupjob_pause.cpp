// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/runcleanupjob.h"
#include "core/cleanup/takeinventoryjob.h"
#include "support/fakeconnection.h"
#include "support/fakejournal.h"
#include "support/outcome.h"
#include "support/testimages.h"
#include "support/testinventory.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = UntagOutcome::State;
using Stage = RunProgress::Stage;

/// Clean-ups that somebody pauses. "1", "2" and "latest" are one image; "old" and "older" are alone.
class TestRunCleanupJobPause : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void beginsNothingWhenPausedBefore();
    void pausesBetweenImages();
    void looksAtEverythingOnceMoreBeforeTheNextTag();
    void canBeStoppedWhilePausedBetweenTags();

private:
    [[nodiscard]] RunCleanupJob *job(const QString &deleted);
    /// Is paused at the first deletion; then \a meanwhile happens, and it goes on.
    void pause(RunCleanupJob *job, const std::function<void()> &meanwhile);
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::shared_ptr<FakeJournal> m_journal;
};

void TestRunCleanupJobPause::init()
{
    m_connection = std::make_unique<FakeConnection>(1);
    m_home = std::make_unique<QTemporaryDir>();
    m_journal = std::make_shared<FakeJournal>();
    registry().behaviour.canDeleteTags = true;
    TestImages::addImage(registry(), u"a"_s, u"old"_s, {.layers = {"old"}});
    TestImages::addImage(registry(), u"a"_s, u"older"_s, {.layers = {"older"}});
    const Digest shared = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"new"}});
    registry().setTag(u"a"_s, u"2"_s, shared);
    registry().setTag(u"a"_s, u"latest"_s, shared);
}

RunCleanupJob *TestRunCleanupJobPause::job(const QString &deleted)
{
    const auto inventory = outcomeOf(new TakeInventoryJob(
        m_connection->session, *RepositoryName::parse(u"a"), InventoryDepth::ManifestsOnly));
    CleanupRules rules{{}, {TestInventory::deleteNamed(deleted)}};
    rules.siblings = SiblingPolicy::Untag;
    CleanupRun run{decideCleanup(*inventory, rules, {TestInventory::now()}), inventory->snapshot,
                   m_home->filePath(u"backup"_s)};
    run.journal = m_journal;
    registry().forgetRequests();
    return new RunCleanupJob(m_connection->session, run);
}

void TestRunCleanupJobPause::pause(RunCleanupJob *job, const std::function<void()> &meanwhile)
{
    registry().intercept([this, job](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE" && registry().count("DELETE") == 1)
            job->pause();
        return false;
    });
    connect(job, &RunCleanupJob::stepped, this, [job, meanwhile](const RunProgress &progress) {
        if (progress.stage != Stage::Paused)
            return;
        meanwhile();
        job->resume();
    });
}

void TestRunCleanupJobPause::beginsNothingWhenPausedBefore()
{
    RunCleanupJob *paused = job(u"old, 1"_s);
    paused->pause();
    qsizetype asked = -1;
    connect(paused, &RunCleanupJob::stepped, this, [&](const RunProgress &progress) {
        if (progress.stage == Stage::Paused)
            asked = registry().requests().size();
        paused->resume();
    });
    const auto report = outcomeOf<CleanupReport>(paused);
    QCOMPARE(asked, qsizetype(0));
    QVERIFY(report && report->isComplete());
}

void TestRunCleanupJobPause::pausesBetweenImages()
{
    RunCleanupJob *paused = job(u"old, older, 1"_s);
    qsizetype deletions = -1;
    pause(paused, [&] { deletions = registry().count("DELETE"); });
    const auto report = outcomeOf<CleanupReport>(paused);
    QCOMPARE(deletions, qsizetype(1));
    QVERIFY(report && report->isComplete());
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"2"_s, u"latest"_s}));
}

void TestRunCleanupJobPause::looksAtEverythingOnceMoreBeforeTheNextTag()
{
    RunCleanupJob *paused = job(u"1, 2"_s);
    pause(paused, [this] {
        registry().forgetRequests();
        registry().removeTag(u"a"_s, u"2"_s);
    });
    const auto report = outcomeOf<CleanupReport>(paused);
    QVERIFY(report);
    QCOMPARE(report->untagged.at(0).state, State::Removed);
    QCOMPARE(report->untagged.at(1).state, State::AlreadyGone);
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
    QCOMPARE(registry().tags(u"a"_s), (QStringList{u"latest"_s, u"old"_s, u"older"_s}));
}

void TestRunCleanupJobPause::canBeStoppedWhilePausedBetweenTags()
{
    RunCleanupJob *paused = job(u"1, 2"_s);
    pause(paused, [paused] { paused->stop(); });
    const auto report = outcomeOf<CleanupReport>(paused);
    QVERIFY(report);
    QCOMPARE(report->untagged.at(0).state, State::Removed);
    QCOMPARE(report->untagged.at(1).state, State::NotTried);
    QCOMPARE(m_journal->lines().last(), u"end"_s);
}

QTEST_GUILESS_MAIN(TestRunCleanupJobPause)
#include "tst_runcleanupjob_pause.moc"
