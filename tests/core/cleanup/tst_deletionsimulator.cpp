// SPDX-License-Identifier: Apache-2.0
#include "core/base/workerjob.h"
#include "core/cleanup/brokenrun.h"
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/journalstore.h"
#include "core/cleanup/planrestorejob.h"
#include "core/cleanup/restorejob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/deletionworld.h"
#include "support/outcome.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Deletions by chance in repositories that others change meanwhile, over connections that lose answers,
/// by programs that are killed: nothing goes that was not planned, and everything comes back.
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
    void playRound(quint32 seed);
    [[nodiscard]] DeletionPlan plan(DeletionWorld &world);
    /// Runs the deletion until its end or until it is killed; whether it was.
    bool run(DeletionWorld &world, const DeletionPlan &plan, const QString &backup);
    void checkJournal(const DeletionWorld &world, bool wasKilled);
    void goOn(DeletionWorld &world);
    void restore(const QString &folder);
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    void complain(const QString &what) { m_complaints.append(what); }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<RepositoryName> m_repository;
    QStringList m_complaints;
    qsizetype m_deletions = 0;
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
    while (m_deletions < wanted && m_complaints.isEmpty() && round < mostRounds) {
        if (round % 50 == 0)
            m_connection = std::make_unique<FakeConnection>(3);
        playRound(seed + quint32(round++));
        if (round % 250 == 0)
            qInfo("%d rounds, %d deletions", round, int(m_deletions));
    }
    qInfo(
        "%d deletions in %d rounds, %d of them killed; %d tags lost because they came between the "
        "last look and the deletion",
        int(m_deletions), round, m_kills, m_races);
    QVERIFY2(m_complaints.isEmpty(), qPrintable(m_complaints.join(u'\n')));
    QVERIFY(m_deletions >= wanted);
}

void TestDeletionSimulator::playRound(quint32 seed)
{
    const QString name = u"r%1"_s.arg(seed);
    m_repository = *RepositoryName::parse(name);
    m_folder = std::make_unique<QTemporaryDir>();
    m_connection->registry.forgetRequests();
    DeletionWorld world(m_connection->registry, name, seed);
    world.populate();
    const DeletionPlan planned = plan(world);
    if (planned.isBlocked())
        return;
    const bool wasKilled = run(world, planned, path(u"backup"_s));
    world.calm();
    checkJournal(world, wasKilled);
    if (wasKilled)
        goOn(world);
    for (const QString &folder : {path(u"backup"_s), path(u"second"_s)}) {
        if (QFile::exists(folder + u'/' + Backup::recordName))
            restore(folder);
    }
    m_complaints += world.complaints() + world.missing();
    m_deletions += world.deletions().size();
    m_races += world.raceCount();
    m_connection->registry.forgetInterceptors();
    m_connection->registry.removeRepository(name);
}

DeletionPlan TestDeletionSimulator::plan(DeletionWorld &world)
{
    const auto snapshot = outcomeOf(new TakeSnapshotJob(m_connection->session, *m_repository));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    QList<Tag> chosen = world.choice();
    DeletionPlan planned = planDeletion(*snapshot, chosen);
    // A person takes away what must stay, and looks again.
    for (const DeletionGroup &group : std::as_const(planned.groups)) {
        if (!group.usedBy.isEmpty())
            chosen.removeIf([&](const Tag &tag) { return group.allTags().contains(tag); });
    }
    return planDeletion(*snapshot, chosen);
}

bool TestDeletionSimulator::run(DeletionWorld &world, const DeletionPlan &plan,
                                const QString &backup)
{
    QEventLoop loop;
    const auto journal = std::make_shared<JournalStore>(path(u"journal.sqlite"_s));
    QPointer<DeleteTagsJob> job = new DeleteTagsJob(m_connection->session, plan, backup);
    job->setJournal(journal);
    bool isOver = false;
    connect(job, &Job::finished, &loop, [&] {
        isOver = true;
        loop.quit();
    });
    world.begin(plan, backup, [&] { QTimer::singleShot(0, &loop, &QEventLoop::quit); });
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
    if (runs->isEmpty() && !world.deletions().isEmpty())
        return complain(u"deleted before it was written down"_s);
    if (!wasKilled && !unfinished->isEmpty())
        return complain(u"a run that has ended counts as broken off"_s);
    if (wasKilled && !world.deletions().isEmpty() && unfinished->isEmpty())
        return complain(u"a run that broke off is not found"_s);
    QSet<QString> gone;
    for (const DeletionWorld::Deletion &deletion : world.deletions())
        gone.insert(deletion.digest);
    for (const JournalRun &run : *runs) {
        for (const JournalItem &item : run.items) {
            if (item.result.state == "deleted"_L1 && !gone.contains(item.manifest.toString()))
                complain(u"%1 is not deleted"_s.arg(item.manifest.toString()));
        }
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
    if (!report || !report->isComplete())
        complain(u"what broke off does not go on"_s);
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
