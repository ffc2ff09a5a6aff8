// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletetagsjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/fakeconnection.h"
#include "support/fakejournal.h"
#include "support/heldrequests.h"
#include "support/outcome.h"
#include "support/testimages.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What a deletion writes down, and when.
class TestDeleteTagsJobJournal : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void writesThePlanBeforeTheFirstChange();
    void writesWhatBecameOfEachImage();
    void endsTheRunHoweverItEnds_data();
    void endsTheRunHoweverItEnds();
    void leavesTheRunOpenWhenItBreaksOff_data();
    void leavesTheRunOpenWhenItBreaksOff();
    void deletesNothingWithoutTheJournal();

private:
    [[nodiscard]] DeleteTagsJob *job();
    [[nodiscard]] FakeRegistry &registry() { return m_connection->registry; }

    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<QTemporaryDir> m_home;
    std::shared_ptr<FakeJournal> m_journal;
    std::optional<Digest> m_one; ///< "1" and "1.0".
};

void TestDeleteTagsJobJournal::init()
{
    m_connection = std::make_unique<FakeConnection>();
    m_home = std::make_unique<QTemporaryDir>();
    m_journal = std::make_shared<FakeJournal>();
    m_one = TestImages::addImage(registry(), u"a"_s, u"1"_s, {.layers = {"one"}});
    registry().setTag(u"a"_s, u"1.0"_s, *m_one);
    TestImages::addImage(registry(), u"a"_s, u"2"_s, {.layers = {"two"}});
}

DeleteTagsJob *TestDeleteTagsJobJournal::job()
{
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(u"a")));
    if (!snapshot)
        qFatal("no snapshot: %s", qPrintable(snapshot.error().message));
    auto *job = new DeleteTagsJob(m_connection->session,
                                  planDeletion(*snapshot, {*Tag::parse(u"1"), *Tag::parse(u"2")}),
                                  m_home->filePath(u"backup"_s));
    job->setJournal(m_journal);
    return job;
}

void TestDeleteTagsJobJournal::writesThePlanBeforeTheFirstChange()
{
    qsizetype deletionsBefore = -1;
    bool wasSaved = false;
    m_journal->written = [&](const QString &line) {
        if (!line.startsWith("begin"_L1))
            return;
        deletionsBefore = registry().count("DELETE");
        wasSaved = QFile::exists(m_journal->run()->backupFolder + "/longshore-backup.json"_L1);
    };
    QVERIFY(outcomeOf<DeletionReport>(job()));
    QCOMPARE(deletionsBefore, qsizetype(0));
    QVERIFY(wasSaved); // Else the journal would name a backup that may never be.
    QVERIFY(m_journal->run());
    QCOMPARE(m_journal->run()->kind, JournalRun::Kind::Deletion);
    QCOMPARE(m_journal->run()->host, registry().host());
    QCOMPARE(m_journal->run()->repository, *RepositoryName::parse(u"a"));
    QCOMPARE(m_journal->run()->user, u"anonymous"_s);
    QCOMPARE(m_journal->run()->items.size(), qsizetype(2));
    QCOMPARE(m_journal->run()->items.first(),
             (JournalItem{*m_one, {*Tag::parse(u"1"), *Tag::parse(u"1.0")}}));
}

void TestDeleteTagsJobJournal::writesWhatBecameOfEachImage()
{
    registry().failNext("DELETE", m_one->toString(), {500, {}}, 9);
    QVERIFY(outcomeOf<DeletionReport>(job()));
    QCOMPARE(m_journal->lines(),
             (QStringList{u"begin 2 items"_s, u"0 failed"_s, u"1 deleted"_s, u"end"_s}));
}

void TestDeleteTagsJobJournal::endsTheRunHoweverItEnds_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("refused") << u"refused"_s;
    QTest::newRow("the second look fails") << u"unreadable"_s;
}

void TestDeleteTagsJobJournal::endsTheRunHoweverItEnds()
{
    QFETCH(const QString, how);
    DeleteTagsJob *running = job();
    if (how == "refused"_L1)
        registry().failNext("DELETE", {}, {403, {}}, 9);
    if (how == "unreadable"_L1)
        registry().failNext("GET", u"/tags/list"_s, {403, {}}, 9);
    const auto report = outcomeOf<DeletionReport>(running);
    QVERIFY(!report);
    QCOMPARE(m_journal->lines().first(), u"begin 2 items"_s);
    QCOMPARE(m_journal->lines().last(), u"end"_s);
    QCOMPARE(m_journal->lines().count(u"end"_s), qsizetype(1));
}

void TestDeleteTagsJobJournal::leavesTheRunOpenWhenItBreaksOff_data()
{
    QTest::addColumn<bool>("isCancelled");
    QTest::newRow("destroyed") << false;
    QTest::newRow("cancelled") << true;
}

void TestDeleteTagsJobJournal::leavesTheRunOpenWhenItBreaksOff()
{
    QFETCH(const bool, isCancelled);
    HeldRequests held(registry(), "DELETE", {}); // DEL-45
    DeleteTagsJob *running = job();
    running->start();
    QTRY_COMPARE(held.count(), qsizetype(1));
    if (isCancelled) // Nobody knows what becomes of the request.
        running->cancel();
    delete running;
    QCOMPARE(m_journal->lines(), QStringList{u"begin 2 items"_s});
}

void TestDeleteTagsJobJournal::deletesNothingWithoutTheJournal()
{
    m_journal->failNext();
    const auto report = outcomeOf<DeletionReport>(job());
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::LocalFile);
    QCOMPARE(registry().count("DELETE"), qsizetype(0));
}

QTEST_GUILESS_MAIN(TestDeleteTagsJobJournal)
#include "tst_deletetagsjob_journal.moc"
