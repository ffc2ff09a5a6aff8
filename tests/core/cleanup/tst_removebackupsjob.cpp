// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/expirebackupsjob.h"
#include "core/cleanup/listbackupsjob.h"
#include "support/backupshelf.h"
#include "support/fakejournal.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Backups that go because somebody wants it, or because it is time; and what the journal has to say
/// to that.
class TestRemoveBackupsJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void listsWithWhatTheJournalKnows();
    void listsNothingWithoutTheJournal();
    void removesWhatItIsTold();
    void keepsWhatAnUnfinishedRunNeeds();
    void removesNothingWithoutTheJournal();
    void saysWhatCouldNotBeRemoved();
    void removesWhatIsOfNoUseAnyMore();
    void expiresNothingWithoutTheJournal();

private:
    /// What is left, by name.
    [[nodiscard]] QStringList left() const
    {
        return QDir(m_shelf->place()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    }
    void beginRun(const QString &folder) const
    {
        m_journal->unfinished = {
            {JournalRun::Kind::Deletion, u"h"_s, *RepositoryName::parse(u"team/app"), folder}};
    }
    /// Makes the backup that many days old.
    void age(const QString &name, int days) const;

    std::unique_ptr<BackupShelf> m_shelf;
    std::shared_ptr<FakeJournal> m_journal;
};

void TestRemoveBackupsJob::init()
{
    m_shelf = std::make_unique<BackupShelf>();
    m_journal = std::make_shared<FakeJournal>();
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        m_shelf->add(name, {u"tag-"_s + name});
}

void TestRemoveBackupsJob::age(const QString &name, int days) const
{
    const QString path = m_shelf->path(name) + u'/' + Backup::recordName;
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray record = file.readAll();
    const QByteArray time =
        QDateTime::currentDateTimeUtc().addDays(-days).toString(Qt::ISODate).toLatin1();
    record.replace(record.indexOf("\"saved\": \"") + 10, time.size(), time);
    BackupShelf::write(path, record);
}

void TestRemoveBackupsJob::listsWithWhatTheJournalKnows()
{
    beginRun(m_shelf->path(u"b"_s));
    const auto backups = outcomeOf(new ListBackupsJob(m_shelf->place(), m_journal));
    QVERIFY(backups);
    QCOMPARE(backups->size(), qsizetype(3));
    for (const StoredBackup &backup : *backups)
        QCOMPARE(backup.isNeeded, backup.folder == m_shelf->path(u"b"_s));
    QCOMPARE(outcomeOf(new ListBackupsJob(m_shelf->place(), {}))->size(), qsizetype(3));
}

void TestRemoveBackupsJob::listsNothingWithoutTheJournal()
{
    m_journal->isUnreadable = true;
    QVERIFY(!outcomeOf(new ListBackupsJob(m_shelf->place(), m_journal)));
}

void TestRemoveBackupsJob::removesWhatItIsTold()
{
    auto *job = new RemoveBackupsJob(m_shelf->place(),
                                     {m_shelf->path(u"a"_s), m_shelf->path(u"c"_s)}, m_journal);
    QSignalSpy progress(job, &Job::progressChanged);
    const auto removals = outcomeOf(job);
    QVERIFY(removals);
    QCOMPARE(removals->size(), qsizetype(2));
    for (const BackupRemoval &removal : *removals)
        QVERIFY(!removal.error);
    QCOMPARE(left(), QStringList{u"b"_s});
    QCOMPARE(progress.constLast(), (QVariantList{2LL, 2LL}));
}

void TestRemoveBackupsJob::keepsWhatAnUnfinishedRunNeeds()
{
    beginRun(m_shelf->path(u"a"_s));
    const auto removals = outcomeOf(new RemoveBackupsJob(
        m_shelf->place(), {m_shelf->path(u"a"_s), m_shelf->path(u"b"_s)}, m_journal));
    QVERIFY(removals);
    QVERIFY(removals->at(0).error);
    QCOMPARE(removals->at(0).error->kind, Error::Kind::Policy);
    QVERIFY(!removals->at(1).error);
    QCOMPARE(left(), (QStringList{u"a"_s, u"c"_s}));
}

void TestRemoveBackupsJob::removesNothingWithoutTheJournal()
{
    m_journal->isUnreadable = true;
    QVERIFY(!outcomeOf(new RemoveBackupsJob(m_shelf->place(), {m_shelf->path(u"a"_s)}, m_journal)));
    QCOMPARE(left().size(), qsizetype(3));
}

void TestRemoveBackupsJob::saysWhatCouldNotBeRemoved()
{
    BackupShelf::write(m_shelf->path(u"a/thesis.odt"_s), "mine");
    const auto removals =
        outcomeOf(new RemoveBackupsJob(m_shelf->place(), {m_shelf->path(u"a"_s)}, m_journal));
    QVERIFY(removals);
    QCOMPARE(removals->at(0).folder, m_shelf->path(u"a"_s));
    QVERIFY(removals->at(0).error);
    QCOMPARE(left().size(), qsizetype(3));
}

void TestRemoveBackupsJob::removesWhatIsOfNoUseAnyMore()
{
    age(u"a"_s, 100);
    age(u"b"_s, 200);
    beginRun(m_shelf->path(u"b"_s));
    const auto removals = outcomeOf(new ExpireBackupsJob(m_shelf->place(), {}, m_journal));
    QVERIFY(removals);
    QCOMPARE(removals->size(), qsizetype(1));
    QCOMPARE(removals->at(0).folder, m_shelf->path(u"a"_s));
    QCOMPARE(left(), (QStringList{u"b"_s, u"c"_s}));
}

void TestRemoveBackupsJob::expiresNothingWithoutTheJournal()
{
    age(u"a"_s, 100);
    m_journal->isUnreadable = true;
    QVERIFY(!outcomeOf(new ExpireBackupsJob(m_shelf->place(), {}, m_journal)));
    QCOMPARE(left().size(), qsizetype(3));
}

QTEST_GUILESS_MAIN(TestRemoveBackupsJob)
#include "tst_removebackupsjob.moc"
