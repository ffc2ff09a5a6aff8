// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journaldatabase.h"
#include "support/journalfile.h"

#include <QDir>
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
    void writesResultsWhileTheRunGoesOn();
    void findsARunThatBrokeOff();
    void doesNotCallItBrokenOffWhileSomebodyRunsIt();
    void doesNotCallItBrokenOffWhenItHasEnded();
    void isReadableForItsOwnerAlone();
    void setsAsideWhatIsNoJournal();
    void failsWhereItCannotBeWritten();
    void writesWhatNobodyHasWaitedFor();
    void takesManyWritersAtOnce();
    void leavesOutWhatSomebodyHasSpoilt();

private:
    [[nodiscard]] QString path() const { return m_home->filePath(u"data/journal.sqlite"_s); }
    [[nodiscard]] QList<JournalRun> unfinishedRuns() const;

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestJournalStore::init()
{
    m_home = std::make_unique<QTemporaryDir>();
}

QList<JournalRun> TestJournalStore::unfinishedRuns() const
{
    JournalStore store(path());
    const auto runs = outcomeOf(store.unfinishedRuns());
    if (!runs)
        qFatal("no runs: %s", qPrintable(runs.error().message));
    return *runs;
}

void TestJournalStore::isEmptyAtFirst()
{
    QVERIFY(runsIn(path()).isEmpty());
    QVERIFY(unfinishedRuns().isEmpty());
    QVERIFY(!QFile::exists(path())); // Looking makes nothing.
}

void TestJournalStore::remembersWhatWasPlannedAndWhatCameOfIt()
{
    const QDateTime before = QDateTime::currentDateTimeUtc();
    {
        JournalStore store(path());
        const auto id = outcomeOf(store.begin(sampleRun(u"team/app"_s)));
        QVERIFY2(id, id ? "" : qPrintable(id.error().message));
        store.note(*id, 1, {u"skipped"_s, u"It \u201Cmoved\u201D; DROP TABLE runs"_s});
        store.note(*id, 0, {u"failed"_s, u"first"_s});
        store.note(*id, 0, {u"deleted"_s});
        store.end(*id);
    }
    const QList<JournalRun> found = runsIn(path());
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found.first().kind, JournalRun::Kind::Deletion);
    QCOMPARE(found.first().host, u"reg.lab:5000"_s);
    QCOMPARE(found.first().repository->toString(), u"team/app"_s);
    QCOMPARE(found.first().backupFolder, u"/home/me/backups/1"_s);
    QVERIFY(found.first().begun >= before);
    QVERIFY(found.first().ended && *found.first().ended >= found.first().begun);
    JournalRun expected = sampleRun(u"team/app"_s);
    expected.items[0].result = {u"deleted"_s};
    expected.items[1].result = {u"skipped"_s, u"It \u201Cmoved\u201D; DROP TABLE runs"_s};
    QCOMPARE(found.first().items, expected.items);
}

void TestJournalStore::namesTheNewestRunFirst()
{
    JournalStore store(path());
    JournalRun second = sampleRun(u"b"_s);
    second.kind = JournalRun::Kind::Restore;
    second.backupFolder.clear();
    QVERIFY(outcomeOf(store.begin(sampleRun(u"a"_s))));
    QVERIFY(outcomeOf(store.begin(second)));
    const QList<JournalRun> found = runsIn(path());
    QCOMPARE(found.size(), qsizetype(2));
    QCOMPARE(found.at(0).repository->toString(), u"b"_s);
    QCOMPARE(found.at(0).kind, JournalRun::Kind::Restore);
    QCOMPARE(found.at(1).kind, JournalRun::Kind::Deletion);
    second.kind = JournalRun::Kind::Untagging;
    QVERIFY(outcomeOf(store.begin(second)));
    QCOMPARE(runsIn(path()).at(0).kind, JournalRun::Kind::Untagging);
    QVERIFY(found.at(0).id > found.at(1).id);
}

void TestJournalStore::writesResultsWhileTheRunGoesOn()
{
    JournalStore store(path());
    const auto id = outcomeOf(store.begin(sampleRun(u"a"_s)));
    QVERIFY(id);
    const auto stateOf = [&](qsizetype item) {
        return runsIn(path()).first().items.at(item).result.state;
    };
    store.note(*id, 0, {u"deleted"_s});
    store.note(*id, 1, {u"skipped"_s});
    QTRY_COMPARE(stateOf(0), u"deleted"_s);
    QCOMPARE(stateOf(1), u"skipped"_s);
    store.note(*id, 0, {u"failed"_s});
    QTRY_COMPARE(stateOf(0), u"failed"_s);
}

void TestJournalStore::findsARunThatBrokeOff()
{
    {
        JournalStore store(path());
        const auto id = outcomeOf(store.begin(sampleRun(u"a"_s)));
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
    QVERIFY(outcomeOf(store.begin(sampleRun(u"a"_s))));
    QVERIFY(unfinishedRuns().isEmpty());
    const auto own = outcomeOf(store.unfinishedRuns());
    QVERIFY(own && own->isEmpty());
}

void TestJournalStore::doesNotCallItBrokenOffWhenItHasEnded()
{
    {
        JournalStore store(path());
        const auto id = outcomeOf(store.begin(sampleRun(u"a"_s)));
        QVERIFY(id);
        store.end(*id);
    }
    QVERIFY(unfinishedRuns().isEmpty());
    QCOMPARE(runsIn(path()).size(), qsizetype(1));
}

void TestJournalStore::isReadableForItsOwnerAlone()
{
    JournalStore store(path());
    QVERIFY(outcomeOf(store.begin(sampleRun(u"a"_s))));
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
    const auto id = outcomeOf(store.begin(sampleRun(u"a"_s)));
    QVERIFY2(id, id ? "" : qPrintable(id.error().message));
    const QStringList kept =
        QFileInfo(path()).dir().entryList({u"journal.sqlite.unreadable-*"_s}, QDir::Files);
    QCOMPARE(kept.size(), qsizetype(1));
    QCOMPARE(QFileInfo(QFileInfo(path()).dir().filePath(kept.first())).size(), qint64(8192));
}

void TestJournalStore::failsWhereItCannotBeWritten()
{
    JournalStore store(u"/dev/null/journal.sqlite"_s);
    const auto id = outcomeOf(store.begin(sampleRun(u"a"_s)));
    QVERIFY(!id);
    QCOMPARE(id.error().kind, Error::Kind::LocalFile);
    QVERIFY(id.error().message.contains(u"journal"_s));
}

void TestJournalStore::writesWhatNobodyHasWaitedFor()
{
    {
        JournalStore store(path());
        store.record(sampleRun(u"a"_s))->start(); // May have begun when the store goes.
        QVERIFY(store.record(sampleRun(u"a"_s))); // Has not.
    }
    QCOMPARE(runsIn(path()).size(), qsizetype(2));
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
            jobs.append(store->begin(sampleRun(u"a"_s)));
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
    const QList<JournalRun> found = runsIn(path());
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
        QVERIFY(outcomeOf(store.begin(sampleRun(u"a"_s))));
        QVERIFY(outcomeOf(store.begin(sampleRun(u"b"_s))));
    }
    changeJournal(path(), u"UPDATE runs SET repository = '../x' WHERE id = 1;"
                          "UPDATE items SET digest = 'sha256:x' WHERE run = 2 AND place = 1;"
                          "UPDATE items SET tags = '1 ../../x' WHERE run = 2 AND place = 0"_s);
    const QList<JournalRun> found = runsIn(path());
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found.first().items,
             (QList<JournalItem>{{Digest::ofBytes("one"), {*Tag::parse(u"1")}}}));
}

QTEST_GUILESS_MAIN(TestJournalStore)
#include "tst_journalstore.moc"
