// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journaldatabase.h"
#include "core/cleanup/journalstore.h"
#include "support/outcome.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What is on the disk of runs; JournalDatabase is looked at through it, and for itself.
class TestJournalStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void isEmptyAtFirst();
    void remembersWhatWasPlannedAndWhatCameOfIt();
    void namesTheNewestRunFirst();
    void findsARunThatBrokeOff();
    void doesNotCallItBrokenOffWhileSomebodyRunsIt();
    void doesNotCallItBrokenOffWhenItHasEnded();
    void isReadableForItsOwnerAlone();
    void setsAsideWhatIsNoJournal();
    void refusesALaterVersion();
    void failsWhereItCannotBeWritten();
    void takesManyWritersAtOnce();
    void leavesOutWhatSomebodyHasSpoilt();

private:
    [[nodiscard]] QString path() const { return m_home->filePath(u"data/journal.sqlite"_s); }
    [[nodiscard]] QList<JournalRun> runs() const;
    [[nodiscard]] QList<JournalRun> unfinishedRuns() const;
    [[nodiscard]] static JournalRun run(const QString &repository);
    /// Changes the journal behind its back.
    void change(const QString &statement) const;

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestJournalStore::init()
{
    m_home = std::make_unique<QTemporaryDir>();
}

QList<JournalRun> TestJournalStore::runs() const
{
    JournalStore store(path());
    const auto runs = outcomeOf(store.runs());
    if (!runs)
        qFatal("no runs: %s", qPrintable(runs.error().message));
    return *runs;
}

QList<JournalRun> TestJournalStore::unfinishedRuns() const
{
    JournalStore store(path());
    const auto runs = outcomeOf(store.unfinishedRuns());
    if (!runs)
        qFatal("no runs: %s", qPrintable(runs.error().message));
    return *runs;
}

JournalRun TestJournalStore::run(const QString &repository)
{
    JournalRun run{JournalRun::Kind::Deletion, u"reg.lab:5000"_s,
                   *RepositoryName::parse(repository), u"/home/me/backups/1"_s};
    run.items = {{Digest::ofBytes("one"), {*Tag::parse(u"1"), *Tag::parse(u"1.0")}},
                 {Digest::ofBytes("two"), {}}};
    return run;
}

void TestJournalStore::change(const QString &statement) const
{
    const auto result =
        QProcess::execute(u"python3"_s, {u"-c"_s,
                                         u"import sqlite3, sys\nd = sqlite3.connect(sys.argv[1])\n"
                                         "d.executescript(sys.argv[2])\nd.commit()\n"_s,
                                         path(), statement});
    QCOMPARE(result, 0);
}

void TestJournalStore::isEmptyAtFirst()
{
    QVERIFY(runs().isEmpty());
    QVERIFY(unfinishedRuns().isEmpty());
    QVERIFY(!QFile::exists(path())); // Looking makes nothing.
}

void TestJournalStore::remembersWhatWasPlannedAndWhatCameOfIt()
{
    const QDateTime before = QDateTime::currentDateTimeUtc();
    {
        JournalStore store(path());
        const auto id = outcomeOf(store.begin(run(u"team/app"_s)));
        QVERIFY2(id, id ? "" : qPrintable(id.error().message));
        store.note(*id, 1, {u"skipped"_s, u"It \u201Cmoved\u201D; DROP TABLE runs"_s});
        store.note(*id, 0, {u"failed"_s, u"first"_s});
        store.note(*id, 0, {u"deleted"_s});
        store.end(*id);
    }
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found.first().kind, JournalRun::Kind::Deletion);
    QCOMPARE(found.first().host, u"reg.lab:5000"_s);
    QCOMPARE(found.first().repository.toString(), u"team/app"_s);
    QCOMPARE(found.first().backupFolder, u"/home/me/backups/1"_s);
    QVERIFY(found.first().begun >= before);
    QVERIFY(found.first().ended && *found.first().ended >= found.first().begun);
    JournalRun expected = run(u"team/app"_s);
    expected.items[0].result = {u"deleted"_s};
    expected.items[1].result = {u"skipped"_s, u"It \u201Cmoved\u201D; DROP TABLE runs"_s};
    QCOMPARE(found.first().items, expected.items);
}

void TestJournalStore::namesTheNewestRunFirst()
{
    JournalStore store(path());
    JournalRun second = run(u"b"_s);
    second.kind = JournalRun::Kind::Restore;
    second.backupFolder.clear();
    QVERIFY(outcomeOf(store.begin(run(u"a"_s))));
    QVERIFY(outcomeOf(store.begin(second)));
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(2));
    QCOMPARE(found.at(0).repository.toString(), u"b"_s);
    QCOMPARE(found.at(0).kind, JournalRun::Kind::Restore);
    QVERIFY(found.at(0).id > found.at(1).id);
}

void TestJournalStore::findsARunThatBrokeOff()
{
    {
        JournalStore store(path());
        const auto id = outcomeOf(store.begin(run(u"a"_s)));
        QVERIFY(id);
        store.note(*id, 0, {u"deleted"_s});
    }
    const QList<JournalRun> found = unfinishedRuns(); // DEL-45
    QCOMPARE(found.size(), qsizetype(1));
    QVERIFY(!found.first().ended);
    QCOMPARE(found.first().items.at(0).result.state, u"deleted"_s);
    QVERIFY(found.first().items.at(1).result.state.isEmpty());
    {
        JournalStore store(path());
        store.end(found.first().id); // Somebody has dealt with it.
    }
    QVERIFY(unfinishedRuns().isEmpty());
}

void TestJournalStore::doesNotCallItBrokenOffWhileSomebodyRunsIt()
{
    JournalStore store(path());
    QVERIFY(outcomeOf(store.begin(run(u"a"_s))));
    QVERIFY(unfinishedRuns().isEmpty());
    const auto own = outcomeOf(store.unfinishedRuns());
    QVERIFY(own && own->isEmpty());
}

void TestJournalStore::doesNotCallItBrokenOffWhenItHasEnded()
{
    {
        JournalStore store(path());
        const auto id = outcomeOf(store.begin(run(u"a"_s)));
        QVERIFY(id);
        store.end(*id);
    }
    QVERIFY(unfinishedRuns().isEmpty());
    QCOMPARE(runs().size(), qsizetype(1));
}

void TestJournalStore::isReadableForItsOwnerAlone()
{
    JournalStore store(path());
    QVERIFY(outcomeOf(store.begin(run(u"a"_s))));
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
                        | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(path()) & others));
}

void TestJournalStore::setsAsideWhatIsNoJournal()
{
    QVERIFY(QDir().mkpath(QFileInfo(path()).absolutePath()));
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    JournalStore store(path());
    const auto id = outcomeOf(store.begin(run(u"a"_s)));
    QVERIFY2(id, id ? "" : qPrintable(id.error().message));
    const QStringList kept =
        QFileInfo(path()).dir().entryList({u"journal.sqlite.unreadable-*"_s}, QDir::Files);
    QCOMPARE(kept.size(), qsizetype(1));
    QCOMPARE(QFileInfo(QFileInfo(path()).dir().filePath(kept.first())).size(), qint64(8192));
}

void TestJournalStore::refusesALaterVersion()
{
    {
        JournalStore store(path());
        QVERIFY(outcomeOf(store.begin(run(u"a"_s))));
    }
    change(u"PRAGMA user_version = 2"_s);
    JournalStore store(path());
    const auto id = outcomeOf(store.begin(run(u"a"_s)));
    QVERIFY(!id);
    QCOMPARE(id.error().kind, Error::Kind::Unsupported);
}

void TestJournalStore::failsWhereItCannotBeWritten()
{
    JournalStore store(u"/dev/null/journal.sqlite"_s);
    const auto id = outcomeOf(store.begin(run(u"a"_s)));
    QVERIFY(!id);
    QCOMPARE(id.error().kind, Error::Kind::LocalFile);
    QVERIFY(id.error().message.contains(u"journal"_s));
}

void TestJournalStore::takesManyWritersAtOnce()
{
    constexpr int writers = 8;
    {
        std::vector<std::unique_ptr<JournalStore>> stores;
        QList<ResultJob<qint64> *> jobs;
        int begun = 0;
        for (int i = 0; i < writers; ++i) {
            stores.push_back(std::make_unique<JournalStore>(path()));
            JournalStore *store = stores.back().get();
            jobs.append(store->begin(run(u"a"_s)));
            jobs.last()->then(this, [&begun, store](const Result<qint64> &id) {
                QVERIFY2(id, id ? "" : qPrintable(id.error().message));
                store->note(*id, 0, {u"deleted"_s});
                store->end(*id);
                ++begun;
            });
        }
        for (auto *job : std::as_const(jobs))
            job->start();
        QTRY_COMPARE_WITH_TIMEOUT(begun, writers, 60'000);
    }
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(writers));
    for (const JournalRun &one : found) {
        QVERIFY(one.ended);
        QCOMPARE(one.items.at(0).result.state, u"deleted"_s);
    }
}

void TestJournalStore::leavesOutWhatSomebodyHasSpoilt()
{
    {
        JournalStore store(path());
        QVERIFY(outcomeOf(store.begin(run(u"a"_s))));
        QVERIFY(outcomeOf(store.begin(run(u"b"_s))));
    }
    change(u"UPDATE runs SET repository = '../x' WHERE id = 1;"
           "UPDATE items SET digest = 'sha256:x' WHERE run = 2 AND place = 1;"
           "UPDATE items SET tags = '1 ../../x' WHERE run = 2 AND place = 0"_s);
    const QList<JournalRun> found = runs();
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found.first().items,
             (QList<JournalItem>{{Digest::ofBytes("one"), {*Tag::parse(u"1")}}}));
}

QTEST_GUILESS_MAIN(TestJournalStore)
#include "tst_journalstore.moc"
