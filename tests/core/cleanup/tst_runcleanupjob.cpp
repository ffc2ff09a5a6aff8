// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/runcleanupjob.h"
#include "core/cleanup/takeinventoryjob.h"
#include "support/fakeconnection.h"
#include "support/fakejournal.h"
#include "support/outcome.h"
#include "support/testimages.h"
#include "support/testinventory.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

using State = UntagOutcome::State;

class TestRunCleanupJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void takesExactlyWhatWasDecided();
    void savesEverythingBeforeTheFirstChange();
    void changesNothingWithoutABackup_data();
    void changesNothingWithoutABackup();
    void removesTagsAloneAfterTheImages();
    void stopsAtTheFirstTagThatCannotBeRemoved();
    void failsWhereNothingCanBeRemoved();
    void stopsWhereARemovalTakesSiblings();
    void provesTheWayOnce_data();
    void provesTheWayOnce();
    void skipsATagThatHasMoved();
    void goesOnWhereATagIsGoneAlready_data();
    void goesOnWhereATagIsGoneAlready();
    void writesDownWhatBecameOfTags();
    void stopsBehindTheTagThatIsUnderWay();
    void doesNothingWhereNothingWasDecided();

private:
    [[nodiscard]] CleanupRun prepare(const QString &deleted,
                                     SiblingPolicy siblings = SiblingPolicy::Untag);
    [[nodiscard]] Result<CleanupReport> carryOut(const CleanupRun &run)
    {
        return outcomeOf(new RunCleanupJob(m_connection->session, run));
    }
    [[nodiscard]] QList<State> untagged(const CleanupReport &report) const
    {
        QList<State> states;
        for (const UntagOutcome &outcome : report.untagged)
            states.append(outcome.state);
        return states;
    }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    FakeRegistry *m_registry = nullptr;
};

/// "old" is alone; "1", "2" and "latest" are one image.
void TestRunCleanupJob::init()
{
    m_connection = std::make_unique<FakeConnection>(1);
    m_home = std::make_unique<QTemporaryDir>();
    m_registry = &m_connection->registry;
    TestImages::addImage(*m_registry, u"a"_s, u"old"_s, {.layers = {"old"}});
    const Digest shared = TestImages::addImage(*m_registry, u"a"_s, u"1"_s, {.layers = {"new"}});
    m_registry->setTag(u"a"_s, u"2"_s, shared);
    m_registry->setTag(u"a"_s, u"latest"_s, shared);
}

CleanupRun TestRunCleanupJob::prepare(const QString &deleted, SiblingPolicy siblings)
{
    const auto inventory = outcomeOf(new TakeInventoryJob(
        m_connection->session, *RepositoryName::parse(u"a"), InventoryDepth::ManifestsOnly));
    CleanupRules rules{{}, {TestInventory::deleteNamed(deleted)}};
    rules.siblings = siblings;
    return {decideCleanup(*inventory, rules, {TestInventory::now()}), inventory->snapshot,
            m_home->filePath(u"backup"_s)};
}

void TestRunCleanupJob::takesExactlyWhatWasDecided()
{
    const auto report = carryOut(prepare(u"old, 1"_s, SiblingPolicy::KeepAll));
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QVERIFY(report->untagged.isEmpty());
    QCOMPARE(m_registry->tags(u"a"_s), (QStringList{u"1"_s, u"2"_s, u"latest"_s}));
}

void TestRunCleanupJob::savesEverythingBeforeTheFirstChange()
{
    m_registry->behaviour.canDeleteTags = true;
    bool wasSaved = false;
    int changes = 0;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method != "DELETE" || ++changes > 1)
            return false;
        wasSaved = QFile::exists(m_home->filePath(u"backup/longshore-backup.json"_s))
                   && QFile::exists(m_home->filePath(u"backup-tags/longshore-backup.json"_s));
        return false;
    });
    const auto report = carryOut(prepare(u"old, 1"_s));
    QVERIFY(report && report->isComplete());
    QVERIFY(wasSaved);
    QCOMPARE(changes, 2);
    QCOMPARE(report->tagBackup.folder, m_home->filePath(u"backup-tags"_s));
}

void TestRunCleanupJob::changesNothingWithoutABackup_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("of images") << u"backup"_s;
    QTest::newRow("of tags") << u"backup-tags"_s;
}

void TestRunCleanupJob::changesNothingWithoutABackup()
{
    QFETCH(const QString, folder);
    m_registry->behaviour.canDeleteTags = true;
    QVERIFY(QDir(m_home->path()).mkpath(folder + u"/something"_s));
    const auto report = carryOut(prepare(u"old, 1"_s));
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::LocalFile);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
    QCOMPARE(m_registry->count("PUT"), qsizetype(0));
}

void TestRunCleanupJob::removesTagsAloneAfterTheImages()
{
    m_registry->behaviour.canDeleteTags = true;
    const auto report = carryOut(prepare(u"old, 1, 2"_s));
    QVERIFY(report);
    QVERIFY(report->isComplete());
    QCOMPARE(untagged(*report), (QList<State>{State::Removed, State::Removed}));
    QCOMPARE(m_registry->tags(u"a"_s), QStringList{u"latest"_s});
}

void TestRunCleanupJob::stopsAtTheFirstTagThatCannotBeRemoved()
{
    const auto report = carryOut(prepare(u"old, 1, 2"_s));
    QVERIFY(report);
    QVERIFY(!report->isComplete());
    QCOMPARE(untagged(*report), (QList<State>{State::Failed, State::NotTried}));
    QCOMPARE(report->untagged.first().error->kind, Error::Kind::Unsupported);
    QCOMPARE(m_registry->tags(u"a"_s), (QStringList{u"1"_s, u"2"_s, u"latest"_s}));
}

void TestRunCleanupJob::failsWhereNothingCanBeRemoved()
{
    const auto report = carryOut(prepare(u"1"_s));
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Unsupported);
    QCOMPARE(m_registry->tags(u"a"_s).size(), qsizetype(4));
}

void TestRunCleanupJob::stopsWhereARemovalTakesSiblings()
{
    // DEL-02: the first one is the canary.
    m_registry->behaviour.canDeleteTags = true;
    m_registry->intercept([this](const TestRequest &request, const TestConnection &connection) {
        if (request.method != "DELETE")
            return false;
        for (const QString &tag : {u"1"_s, u"2"_s, u"latest"_s})
            m_registry->removeTag(u"a"_s, tag);
        connection.answer({202, {}});
        return true;
    });
    const auto report = carryOut(prepare(u"1, 2"_s));
    QVERIFY(report);
    QCOMPARE(untagged(*report), (QList<State>{State::Failed, State::NotTried}));
    QCOMPARE(report->untagged.first().error->kind, Error::Kind::Changed);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
    QCOMPARE(m_registry->tags(u"a"_s), (QStringList{u"1"_s, u"2"_s, u"latest"_s, u"old"_s}));
}

void TestRunCleanupJob::provesTheWayOnce_data()
{
    QTest::addColumn<bool>("canDeleteTags");
    QTest::addColumn<qsizetype>("requests"); // That delete.
    QTest::newRow("by the registry") << true << qsizetype(5);
    // With one for the tag, and one for an image that does not exist.
    QTest::newRow("by placeholders") << false << qsizetype(7);
}

void TestRunCleanupJob::provesTheWayOnce()
{
    QFETCH(const bool, canDeleteTags);
    QFETCH(const qsizetype, requests);
    m_registry->behaviour.canDeleteTags = canDeleteTags;
    const Digest shared = TestImages::addImage(*m_registry, u"a"_s, u"1"_s, {.layers = {"new"}});
    for (const QString &tag : {u"3"_s, u"4"_s, u"5"_s})
        m_registry->setTag(u"a"_s, tag, shared);
    CleanupRun run = prepare(u"1, 2, 3, 4, 5"_s);
    run.placeholder = TagRemoval::Placeholder::Allowed;
    qsizetype looks = 0; // At a sibling that stays, once something has gone.
    m_registry->intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.path().endsWith("/latest"_L1) && m_registry->count("DELETE") > 0)
            ++looks;
        return false;
    });
    const auto report = carryOut(run);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QVERIFY(report->isComplete());
    QCOMPARE(m_registry->tags(u"a"_s), (QStringList{u"latest"_s, u"old"_s}));
    QCOMPARE(m_registry->count("DELETE"), requests);
    // For the proof, and right before each further tag, because the image stays for it.
    QCOMPARE(looks, qsizetype(1 + 4));
}

void TestRunCleanupJob::skipsATagThatHasMoved()
{
    // DEL-06
    m_registry->behaviour.canDeleteTags = true;
    const CleanupRun run = prepare(u"1, 2"_s);
    const Digest other = TestImages::addImage(*m_registry, u"a"_s, u"1"_s, {.layers = {"other"}});
    const auto report = carryOut(run);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(untagged(*report), (QList<State>{State::Skipped, State::Removed}));
    QCOMPARE(m_registry->tags(u"a"_s), (QStringList{u"1"_s, u"latest"_s, u"old"_s}));
    QVERIFY(m_registry->hasManifest(u"a"_s, other));
}

void TestRunCleanupJob::goesOnWhereATagIsGoneAlready_data()
{
    QTest::addColumn<QString>("request"); // Before it somebody removes the tag.
    QTest::newRow("before the look") << u"/tags/list"_s;
    QTest::newRow("behind it") << u"/manifests/1"_s;
}

void TestRunCleanupJob::goesOnWhereATagIsGoneAlready()
{
    QFETCH(const QString, request);
    m_registry->behaviour.canDeleteTags = true;
    const CleanupRun run = prepare(u"1, 2"_s);
    m_registry->intercept([&](const TestRequest &asked, const TestConnection &) {
        // The list is read by nobody but the look; the tag is fetched when it is to be removed.
        if (asked.method == "GET" && asked.path().endsWith(request))
            m_registry->removeTag(u"a"_s, u"1"_s);
        return false;
    });
    const auto report = carryOut(run);
    QVERIFY2(report, report ? "" : qPrintable(report.error().message));
    QCOMPARE(untagged(*report), (QList<State>{State::AlreadyGone, State::Removed}));
    QVERIFY(report->isComplete());
    QCOMPARE(m_registry->tags(u"a"_s), (QStringList{u"latest"_s, u"old"_s}));
}

void TestRunCleanupJob::writesDownWhatBecameOfTags()
{
    m_registry->behaviour.canDeleteTags = true;
    CleanupRun run = prepare(u"1, 2"_s);
    const auto journal = std::make_shared<FakeJournal>();
    run.journal = journal;
    qsizetype deletionsBefore = -1;
    journal->written = [&](const QString &line) {
        if (line.startsWith("begin"_L1))
            deletionsBefore = m_registry->count("DELETE");
    };
    const auto report = carryOut(run);
    QVERIFY(report && report->isComplete());
    QCOMPARE(journal->lines(),
             (QStringList{u"begin 2 items"_s, u"0 untagged"_s, u"1 untagged"_s, u"end"_s}));
    QCOMPARE(deletionsBefore, qsizetype(0));
    QCOMPARE(journal->run()->backupFolder, report->tagBackup.folder);
}

void TestRunCleanupJob::stopsBehindTheTagThatIsUnderWay()
{
    m_registry->behaviour.canDeleteTags = true;
    auto *job = new RunCleanupJob(m_connection->session, prepare(u"1, 2"_s));
    m_registry->intercept([job](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE")
            job->stop();
        return false;
    });
    const auto report = outcomeOf<CleanupReport>(job);
    QVERIFY(report);
    QCOMPARE(untagged(*report), (QList<State>{State::Removed, State::NotTried}));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
}

void TestRunCleanupJob::doesNothingWhereNothingWasDecided()
{
    const auto report = carryOut(prepare(u"nothing"_s));
    QVERIFY(report);
    QVERIFY(report->isComplete());
    QVERIFY(!QFile::exists(m_home->filePath(u"backup"_s)));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

QTEST_GUILESS_MAIN(TestRunCleanupJob)
#include "tst_runcleanupjob.moc"
