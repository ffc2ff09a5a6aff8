// SPDX-License-Identifier: Apache-2.0
#include "support/journalfile.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What the tables of the journal hold, those of earlier versions too.
class TestJournalSchema : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }
    void refusesALaterVersion();
    void readsAndContinuesAJournalOfTheFirstVersion();
    void leavesWhatItOnlyReadsAsItIs();
    void readsAFileThatNobodyHasWrittenTo();
    void remembersWhoByWhichConnection();
    void remembersAChangeThatIsOver();
    void remembersWhatIsOfNoRepository();

private:
    void makeJournalOfTheFirstVersion();
    [[nodiscard]] QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QString path() const { return m_home->filePath(u"journal.sqlite"_s); }

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestJournalSchema::refusesALaterVersion()
{
    {
        JournalStore store(path());
        QVERIFY(outcomeOf(store.begin(sampleRun(u"a"_s))));
    }
    changeJournal(path(), u"PRAGMA user_version = 3"_s);
    JournalStore store(path());
    const auto id = outcomeOf(store.begin(sampleRun(u"a"_s)));
    QVERIFY(!id);
    QCOMPARE(id.error().kind, Error::Kind::Unsupported);
}

void TestJournalSchema::makeJournalOfTheFirstVersion()
{
    changeJournal(path(),
                  u"CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, "
                  "host TEXT NOT NULL, repository TEXT NOT NULL, backup TEXT NOT NULL, "
                  "owner TEXT NOT NULL, begun TEXT NOT NULL, ended TEXT);"
                  "CREATE TABLE items (run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, "
                  "place INTEGER NOT NULL, digest TEXT NOT NULL, tags TEXT NOT NULL, "
                  "state TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '', "
                  "PRIMARY KEY (run, place)) WITHOUT ROWID;"
                  "INSERT INTO runs VALUES (1, 'deletion', 'reg.lab', 'app', '/b/1', 'o', "
                  "'%2', '%2');"
                  "INSERT INTO items VALUES (1, 0, '%1', 'old', 'deleted', '');"
                  "PRAGMA user_version = 1"_s.arg(
                      Digest::ofBytes("one").toString(),
                      QDateTime::currentDateTimeUtc().addDays(-1).toString(Qt::ISODateWithMs)));
}

void TestJournalSchema::readsAndContinuesAJournalOfTheFirstVersion()
{
    makeJournalOfTheFirstVersion();
    const QList<JournalRun> found = runsIn(path());
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found.first().backupFolder, u"/b/1"_s);
    QCOMPARE(found.first().user, QString()); // Nobody wrote that down.
    QCOMPARE(found.first().items,
             (QList<JournalItem>{{Digest::ofBytes("one"), {*Tag::parse(u"old")}, {u"deleted"_s}}}));
    JournalRun next = sampleRun(u"app"_s);
    next.user = u"anna"_s;
    {
        JournalStore store(path());
        QVERIFY(outcomeOf(store.begin(next)));
    }
    const QList<JournalRun> both = runsIn(path());
    QCOMPARE(both.size(), qsizetype(2));
    QCOMPARE(both.first().user, u"anna"_s);
    QCOMPARE(both.last().items, found.first().items);
}

/// An earlier version of the program refuses what a later one has brought up to date.
void TestJournalSchema::leavesWhatItOnlyReadsAsItIs()
{
    makeJournalOfTheFirstVersion();
    changeJournal(path(), u"UPDATE runs SET ended = NULL"_s);
    const QByteArray before = content();
    QVERIFY(!before.isEmpty());
    JournalStore store(path());
    const auto runs = outcomeOf(store.runs());
    QVERIFY(runs && runs->size() == 1);
    const auto unfinished = outcomeOf(store.unfinishedRuns());
    QVERIFY(unfinished && unfinished->size() == 1);
    QVERIFY(content() == before);
}

void TestJournalSchema::readsAFileThatNobodyHasWrittenTo()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(runsIn(path()).isEmpty());
    QCOMPARE(QFileInfo(path()).size(), qint64(0));
}

void TestJournalSchema::remembersWhoByWhichConnection()
{
    JournalRun wanted = sampleRun(u"app"_s);
    wanted.user = u"anna"_s;
    wanted.connection = u"Lab; DROP TABLE runs"_s;
    wanted.items[1].replaced = Digest::ofBytes("before");
    JournalStore store(path());
    QVERIFY(outcomeOf(store.begin(wanted)));
    const JournalRun found = runsIn(path()).first();
    QCOMPARE(found.user, wanted.user);
    QCOMPARE(found.connection, wanted.connection);
    QCOMPARE(found.items, wanted.items);
}

void TestJournalSchema::remembersAChangeThatIsOver()
{
    JournalRun wanted = sampleRun(u"app"_s);
    wanted.kind = JournalRun::Kind::Copy;
    wanted.items = {
        {Digest::ofBytes("new"), {*Tag::parse(u"1")}, {u"stored"_s}, Digest::ofBytes("before")}};
    {
        JournalStore store(path());
        QVERIFY(outcomeOf(store.record(wanted)));
    }
    const JournalRun found = runsIn(path()).first();
    QCOMPARE(found.kind, JournalRun::Kind::Copy);
    QVERIFY(found.ended);
    QCOMPARE(found.items, wanted.items);
    JournalStore store(path());
    const auto unfinished = outcomeOf(store.unfinishedRuns());
    QVERIFY(unfinished && unfinished->isEmpty());
}

void TestJournalSchema::remembersWhatIsOfNoRepository()
{
    using Kind = JournalRun::Kind;
    const QList<Kind> kinds{Kind::ReadOnlyOn, Kind::ReadOnlyOff, Kind::ChangesAllowed,
                            Kind::ChangesForbidden};
    JournalStore store(path());
    for (const Kind kind : kinds)
        QVERIFY(outcomeOf(store.record({kind, u"reg.lab"_s, {}, {}})));
    QList<Kind> found;
    for (const JournalRun &run : runsIn(path())) {
        found.prepend(run.kind);
        QVERIFY(!run.repository);
    }
    QCOMPARE(found, kinds);
}

QTEST_GUILESS_MAIN(TestJournalSchema)
#include "tst_journalschema.moc"
