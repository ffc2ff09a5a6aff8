// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/backupfolder.h"
#include "support/backupshelf.h"

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What lies on the disk of backups; tst_backupfolder_removal shows how one of them goes.
class TestBackupFolder : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_shelf = std::make_unique<BackupShelf>(); }
    void isEmptyBeforeThereIsAnything();
    void saysWhatEachBackupHolds();
    void leavesOutWhatIsNoBackup();
    void saysWhyABackupCannotBeRead();
    void namesTheRunThatMadeIt();
    void knowsWhatAnUnfinishedRunNeeds();
    void endsWhenNobodyWaits();

private:
    [[nodiscard]] QList<StoredBackup> list(const QList<JournalRun> &runs = {}) const;
    static JournalRun run(JournalRun::Kind kind, const QString &folder, qint64 id);

    std::unique_ptr<BackupShelf> m_shelf;
};

QList<StoredBackup> TestBackupFolder::list(const QList<JournalRun> &runs) const
{
    const CancelFlag never = false;
    const auto backups = listBackups(m_shelf->place(), runs, never);
    return backups ? *backups : QList<StoredBackup>();
}

JournalRun TestBackupFolder::run(JournalRun::Kind kind, const QString &folder, qint64 id)
{
    JournalRun run{kind, u"h"_s, *RepositoryName::parse(u"team/app"), folder};
    run.id = id;
    return run;
}

void TestBackupFolder::isEmptyBeforeThereIsAnything()
{
    QVERIFY(list().isEmpty());
    QVERIFY(!QFile::exists(m_shelf->place())); // Looking makes nothing.
}

void TestBackupFolder::saysWhatEachBackupHolds()
{
    const QString older = m_shelf->add(u"b"_s, {u"1"_s, u"2"_s});
    QByteArray record;
    {
        QFile file(older + u'/' + Backup::recordName);
        QVERIFY(file.open(QIODevice::ReadOnly));
        record = file.readAll();
    }
    const auto saved = record.indexOf("\"saved\": \"");
    record.replace(saved + 10, 4, "2020"); // It was long ago; when it was planned does not matter.
    BackupShelf::write(older + u'/' + Backup::recordName, record);
    const QString newer = m_shelf->add(u"a"_s, {u"3"_s});

    const QList<StoredBackup> backups = list();
    QCOMPARE(backups.size(), qsizetype(2));
    QCOMPARE(backups.at(0).folder, newer);
    QCOMPARE(backups.at(1).folder, older);
    QCOMPARE(backups.at(1).taken.date().year(), 2020);
    QVERIFY(backups.at(1).record);
    QCOMPARE(backups.at(1).record->host, m_shelf->connection.registry.host());
    QCOMPARE(backups.at(1).record->repository.toString(), u"team/app"_s);
    QCOMPARE(backups.at(1).record->entries.size(), qsizetype(2));
    QVERIFY(backups.at(1).record->manifests.isEmpty());
    qint64 bytes = 0;
    QDirIterator files(older, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        bytes += QFileInfo(files.next()).size();
    QCOMPARE(backups.at(1).bytes, bytes);
    QCOMPARE(backups.at(1).run, 0);
    QVERIFY(!backups.at(1).isNeeded);
}

void TestBackupFolder::leavesOutWhatIsNoBackup()
{
    const QString backup = m_shelf->add(u"a"_s, {u"1"_s});
    QVERIFY(QDir().mkpath(m_shelf->path(u"holiday/blobs"_s)));
    BackupShelf::write(m_shelf->path(u"note.txt"_s), "mine");
    QVERIFY(QFile::link(backup, m_shelf->path(u"linked"_s)));
    QVERIFY(QDir().mkpath(m_shelf->path(u"record"_s)));
    QVERIFY(QFile::link(backup + u'/' + Backup::recordName,
                        m_shelf->path(u"record/"_s + Backup::recordName)));
    const QList<StoredBackup> backups = list();
    QCOMPARE(backups.size(), qsizetype(1));
    QCOMPARE(backups.at(0).folder, backup);
}

void TestBackupFolder::saysWhyABackupCannotBeRead()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    BackupShelf::write(folder + u'/' + Backup::recordName, "{");
    const QList<StoredBackup> backups = list();
    QCOMPARE(backups.size(), qsizetype(1));
    QVERIFY(!backups.at(0).record);
    QVERIFY(backups.at(0).error);
    QVERIFY(backups.at(0).taken.isValid());
}

void TestBackupFolder::namesTheRunThatMadeIt()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    auto made = run(JournalRun::Kind::Deletion, folder, 4);
    auto readLater = run(JournalRun::Kind::Restore, folder, 5);
    made.ended = readLater.ended = QDateTime::currentDateTimeUtc();
    const QList<StoredBackup> backups = list({readLater, made});
    QCOMPARE(backups.at(0).run, 4);
    QVERIFY(!backups.at(0).isNeeded);
}

void TestBackupFolder::knowsWhatAnUnfinishedRunNeeds()
{
    const QString needed = m_shelf->add(u"a"_s, {u"1"_s});
    m_shelf->add(u"b"_s, {u"2"_s});
    QVERIFY(QFile::link(m_shelf->place(), m_shelf->outside(u"way"_s)));
    // By whatever way its folder was named.
    for (const QString &name : {needed, m_shelf->outside(u"way/a"_s)}) {
        for (const auto kind : {JournalRun::Kind::Deletion, JournalRun::Kind::Restore}) {
            const QList<JournalRun> runs{run(kind, name, 1)};
            for (const StoredBackup &backup : list(runs))
                QCOMPARE(backup.isNeeded, backup.folder == needed);
            QVERIFY(isNeeded(needed, runs));
            QVERIFY(!isNeeded(m_shelf->path(u"b"_s), runs));
        }
    }
}

void TestBackupFolder::endsWhenNobodyWaits()
{
    m_shelf->add(u"a"_s, {u"1"_s});
    const CancelFlag now = true;
    const auto backups = listBackups(m_shelf->place(), {}, now);
    QVERIFY(!backups);
    QVERIFY(backups.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestBackupFolder)
#include "tst_backupfolder.moc"
