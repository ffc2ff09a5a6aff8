// SPDX-License-Identifier: Apache-2.0
#include "core/base/workerjob.h"
#include "core/cleanup/brokenrun.h"
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/findreferrersjob.h"
#include "core/cleanup/journalstore.h"
#include "core/cleanup/planrestorejob.h"
#include "core/cleanup/restorejob.h"
#include "core/cleanup/runcleanupjob.h"
#include "core/cleanup/takeinventoryjob.h"
#include "support/deletionworld.h"
#include "support/outcome.h"

#include <QPointer>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Clean-ups by chance in repositories that others change meanwhile, over connections that lose
/// answers, by programs that are killed: nothing goes that was not decided, and everything comes back.
///
/// LONGSHORE_DELETIONS says how many deletions there shall be, LONGSHORE_SEED repeats a run.
class TestDeletionSimulator : public QObject
{
    Q_OBJECT

public:
    /// A long run shall not be taken for one that hangs.
    static void initMain() { qputenv("QTEST_FUNCTION_TIMEOUT", "86400000"); }

private slots:
    void losesNothing();

private:
    void connectAnew(quint32 number);
    void playRound(quint32 seed);
    [[nodiscard]] CleanupRun decide(DeletionWorld &world);
    /// Carries it out until its end or until it is killed; whether it was.
    bool carryOut(DeletionWorld &world, const CleanupRun &run);
    void checkJournal(const DeletionWorld &world, bool wasKilled);
    void checkItem(const DeletionWorld &world, JournalRun::Kind kind, const JournalItem &item);
    void goOn(DeletionWorld &world);
    void restore(const QString &folder);
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    void complain(const QString &what) { m_complaints.append(what); }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<RepositoryName> m_repository;
    DeletionWorld::TagRemoval m_tagRemoval = DeletionWorld::TagRemoval::Alone;
    QStringList m_complaints;
    qsizetype m_deletions = 0;
    qsizetype m_untagged = 0;
    int m_kills = 0;
    int m_races = 0;
};

void TestDeletionSimulator::losesNothing()
{
    const int wanted = qEnvironmentVariableIsSet("LONGSHORE_DELETIONS")
                           ? qEnvironmentVariableIntValue("LONGSHORE_DELETIONS")
                           : 300;
    const quint32 seed = qEnvironmentVariableIsSet("LONGSHORE_SEED")
                             ? qEnvironmentVariable("LONGSHORE_SEED").toUInt()
                             : 20261128; // Another one each time would be for whoever looks on.
    qInfo("LONGSHORE_SEED=%u", seed);
    int round = 0;
    const int mostRounds = 20 * wanted; // One that deletes nothing shall end, too.
    while (m_deletions + m_untagged < wanted && m_complaints.isEmpty() && round < mostRounds) {
        const quint32 number = seed + quint32(round);
        if (round++ == 0 || number % 5 == 0)
            connectAnew(number / 5);
        playRound(number);
        if (round % 250 == 0)
            qInfo("%d rounds, %d deletions, %d tags alone", round, int(m_deletions),
                  int(m_untagged));
    }
    qInfo("%d deletions and %d tags alone in %d rounds, %d of them killed; %d tags lost because "
          "they came between the last look and the change",
          int(m_deletions), int(m_untagged), round, m_kills, m_races);
    QVERIFY2(m_complaints.isEmpty(), qPrintable(m_complaints.join(u'\n')));
    QVERIFY(m_deletions + m_untagged >= wanted);
    QVERIFY(m_untagged > 0 || wanted < 300);
}

/// To servers of all kinds, one after the other.
void TestDeletionSimulator::connectAnew(quint32 number)
{
    using TagRemoval = DeletionWorld::TagRemoval;
    m_connection = std::make_unique<FakeConnection>(3);
    m_connection->registry.behaviour.canDeleteTags = number % 3 != 0;
    m_connection->registry.behaviour.listsReferrers = number % 2 != 0;
    m_tagRemoval = number % 6 == 5 ? TagRemoval::WithSiblings : TagRemoval::Alone;
}

void TestDeletionSimulator::playRound(quint32 seed)
{
    const QString name = u"r%1"_s.arg(seed);
    m_repository = *RepositoryName::parse(name);
    m_folder = std::make_unique<QTemporaryDir>();
    m_connection->registry.forgetRequests();
    DeletionWorld world(m_connection->registry, name, seed, m_tagRemoval);
    world.populate();
    const CleanupRun run = decide(world);
    if (run.decisions.removedCount() == 0)
        return;
    const bool wasKilled = carryOut(world, run);
    world.calm();
    checkJournal(world, wasKilled);
    if (wasKilled)
        goOn(world);
    world.end();
    for (const QString &folder : {u"backup"_s, u"backup-tags"_s, u"second"_s}) {
        if (QFile::exists(path(folder) + u'/' + Backup::recordName))
            restore(path(folder));
    }
    m_complaints += world.complaints() + world.missing();
    m_deletions += world.deletions().size();
    m_untagged += world.untagged().size();
    m_races += world.raceCount();
    m_connection->registry.removeRepository(name);
}

CleanupRun TestDeletionSimulator::decide(DeletionWorld &world)
{
    RegistrySession &session = m_connection->session;
    const CleanupRules rules = world.rules();
    const CleanupChoices choices = world.choices();
    const auto inventory =
        outcomeOf(new TakeInventoryJob(session, *m_repository, InventoryDepth::ManifestsOnly));
    if (!inventory)
        qFatal("no inventory: %s", qPrintable(inventory.error().message));
    const QSet<Digest> leaving = decideCleanup(*inventory, rules, choices).leaving();
    const auto complete = outcomeOf(new FindReferrersJob(session, *inventory, leaving));
    if (!complete)
        qFatal("no referrers: %s", qPrintable(complete.error().message));
    const CleanupDecisions decisions = decideCleanup(*complete, rules, choices);
    const DeletionPlan plan = deletionPlanFor(decisions, complete->snapshot);
    if (plan.isBlocked() && !plan.groups.isEmpty())
        complain(u"what is decided must not be"_s);
    return {decisions, complete->snapshot, path(u"backup"_s), false,
            TagRemoval::Placeholder::Allowed};
}

bool TestDeletionSimulator::carryOut(DeletionWorld &world, const CleanupRun &run)
{
    QEventLoop loop;
    CleanupRun journaled = run;
    journaled.journal = std::make_shared<JournalStore>(path(u"journal.sqlite"_s));
    QPointer<RunCleanupJob> job = new RunCleanupJob(m_connection->session, journaled);
    journaled.journal.reset();
    bool isOver = false;
    connect(job, &Job::finished, &loop, [&] {
        isOver = true;
        loop.quit();
    });
    world.begin(run.decisions, run.backupFolder,
                [&] { QTimer::singleShot(0, &loop, &QEventLoop::quit); });
    job->start();
    loop.exec();
    if (!isOver)
        ++m_kills;
    delete job; // Which lets go of the journal, as the end of a program does.
    return !isOver;
}

void TestDeletionSimulator::checkJournal(const DeletionWorld &world, bool wasKilled)
{
    JournalStore journal(path(u"journal.sqlite"_s));
    const auto runs = outcomeOf<QList<JournalRun>>(journal.runs());
    const auto unfinished = outcomeOf<QList<JournalRun>>(journal.unfinishedRuns());
    if (!runs || !unfinished)
        return complain(u"the journal cannot be read"_s);
    const bool hasChanged = !world.deletions().isEmpty() || !world.untagged().isEmpty();
    if (runs->isEmpty() && hasChanged)
        return complain(u"changed before it was written down"_s);
    if (!wasKilled && !unfinished->isEmpty())
        return complain(u"a run that has ended counts as broken off"_s);
    if (wasKilled && hasChanged && unfinished->isEmpty())
        return complain(u"a run that broke off is not found"_s);
    for (const JournalRun &run : *runs) {
        for (const JournalItem &item : run.items)
            checkItem(world, run.kind, item);
    }
}

void TestDeletionSimulator::checkItem(const DeletionWorld &world, JournalRun::Kind kind,
                                      const JournalItem &item)
{
    const QString digest = item.manifest.toString();
    if (item.result.state == "deleted"_L1 && !world.wasDeleted(digest))
        complain(u"%1 is not deleted"_s.arg(digest));
    if (item.result.state != "untagged"_L1)
        return;
    if (kind != JournalRun::Kind::Untagging)
        complain(u"%1 was to be deleted"_s.arg(digest));
    for (const Tag &tag : item.tags) {
        if (world.untagged().value(tag.toString()) != digest)
            complain(u"%1 is not removed"_s.arg(tag.toString()));
    }
}

/// As the program offers when it is started again.
void TestDeletionSimulator::goOn(DeletionWorld &world)
{
    QList<JournalRun> unfinished;
    {
        JournalStore journal(path(u"journal.sqlite"_s));
        unfinished = *outcomeOf<QList<JournalRun>>(journal.unfinishedRuns());
    }
    unfinished.removeIf(
        [](const JournalRun &run) { return run.kind != JournalRun::Kind::Deletion; });
    if (unfinished.isEmpty())
        return;
    const auto broken =
        outcomeOf(new CheckBrokenRunJob(m_connection->session, unfinished.constFirst()));
    if (!broken)
        return complain(broken.error().message);
    if (broken->rest.isBlocked())
        return;
    const auto before = world.deletions();
    const auto report =
        outcomeOf(new DeleteTagsJob(m_connection->session, broken->rest, path(u"second"_s)));
    if (!report)
        return complain(report.error().message);
    for (const DeletionOutcome &outcome : report->outcomes) {
        // What is about something that has changed stays with it.
        const bool isHeld =
            outcome.state == DeletionOutcome::State::Skipped && !broken->rest.withheld.isEmpty();
        if (outcome.state != DeletionOutcome::State::Deleted && !isHeld)
            complain(u"what broke off does not go on: "_s + outcome.error->message);
    }
    for (const DeletionWorld::Deletion &deletion : before) {
        for (const DeletionGroup &group : broken->rest.groups) {
            if (group.manifest.digest.toString() == deletion.digest)
                complain(u"%1 was to be deleted twice"_s.arg(deletion.digest));
        }
    }
}

void TestDeletionSimulator::restore(const QString &folder)
{
    const auto backup = outcomeOf(new WorkerJob<Backup>(
        [folder](const CancelFlag &cancelled) { return readBackup(folder, cancelled); }));
    if (!backup)
        return complain(backup.error().message);
    RegistrySession &session = m_connection->session;
    const auto plan = outcomeOf(new PlanRestoreJob(session, *backup, {*m_repository, {}}));
    if (!plan)
        return complain(plan.error().message);
    RestoreChoice choice;
    choice.taken = RestoreChoice::Taken::Replace; // Also where a tag was moved in the last moment.
    choice.replacedBackup = folder + "-replaced"_L1;
    for (qsizetype i = 0; i < plan->items.size(); ++i)
        choice.wanted.append(i);
    const auto report = outcomeOf(new RestoreJob(session, *plan, choice));
    if (!report)
        complain(report.error().message);
}

QTEST_GUILESS_MAIN(TestDeletionSimulator)
#include "tst_deletionsimulator.moc"
