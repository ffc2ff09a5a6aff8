// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/verifybackupjob.h"
#include "support/backupshelf.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// What a look at every byte of a backup finds; checkBackup() is looked at through it.
class TestVerifyBackupJob : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void findsNothingWrongWithAFreshOne();
    void countsItsBytes();
    void findsDamage_data();
    void findsDamage();
    void namesEverythingThatIsWrong();
    void readsThroughNoLink();
    void canBeStopped();

private:
    [[nodiscard]] BackupCheck check() const;
    [[nodiscard]] QString blob() const { return BackupShelf::blobIn(m_folder); }

    std::unique_ptr<BackupShelf> m_shelf;
    QString m_folder;
};

void TestVerifyBackupJob::init()
{
    m_shelf = std::make_unique<BackupShelf>();
    m_folder = m_shelf->add(u"a"_s, {u"1"_s, u"2"_s});
}

BackupCheck TestVerifyBackupJob::check() const
{
    const auto check = outcomeOf(new VerifyBackupJob(m_folder));
    return check ? *check : BackupCheck{-1, -1, {check.error().message}};
}

void TestVerifyBackupJob::findsNothingWrongWithAFreshOne()
{
    const BackupCheck check = this->check();
    QCOMPARE(check.problems.join(u'\n'), QString());
    QVERIFY(check.blobs >= 2);
}

void TestVerifyBackupJob::countsItsBytes()
{
    auto *job = new VerifyBackupJob(m_folder);
    QSignalSpy progress(job, &Job::progressChanged);
    const auto check = outcomeOf(job);
    QVERIFY(check);
    QVERIFY(check->bytes > 0);
    QVERIFY(!progress.isEmpty());
    QCOMPARE(progress.constLast().at(0).toLongLong(), check->bytes);
    QCOMPARE(progress.constLast().at(1).toLongLong(), check->bytes);
}

void TestVerifyBackupJob::findsDamage_data()
{
    using Damage = std::function<void(const QString &folder, const QString &blob)>;
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const Damage &damage, const QString &problem) {
        QTest::newRow(name) << damage << problem;
    };
    row(
        "a blob is another", [](auto, auto blob) { BackupShelf::write(blob, "x"); },
        u"not match its digest"_s);
    row(
        "a blob is missing", [](auto, auto blob) { QFile::remove(blob); }, u"no file"_s);
    row(
        "the record is none",
        [](auto folder, auto) { BackupShelf::write(folder + u'/' + Backup::recordName, "{}"); },
        u"record of the backup is damaged"_s);
    row(
        "the record is missing",
        [](auto folder, auto) { QFile::remove(folder + u'/' + Backup::recordName); },
        u"There is no backup"_s);
    row(
        "the layout is missing",
        [](auto folder, auto) { QFile::remove(folder + "/oci-layout"_L1); }, u"oci-layout"_s);
    row(
        "the layout lists nothing",
        [](auto folder, auto) {
            BackupShelf::write(folder + "/index.json"_L1, R"({"schemaVersion":2,"manifests":[]})");
        },
        u"does not list the image"_s);
    row(
        "a file that is no blob",
        [](auto folder, auto) { BackupShelf::write(folder + "/blobs/sha256/note"_L1, "x"); },
        u"is no blob"_s);
}

void TestVerifyBackupJob::findsDamage()
{
    QFETCH(const std::function<void(const QString &, const QString &)>, damage);
    QFETCH(const QString, problem);
    // The configurations are blobs too, and a backup is whole without them.
    const CancelFlag never = false;
    const auto backup = readBackup(m_folder, never);
    QVERIFY(backup);
    damage(m_folder, m_folder + u'/' + blobNameInBackup(backup->entries.at(0).manifest));
    const QString problems = check().problems.join(u'\n');
    QVERIFY2(problems.contains(problem), qPrintable(problems));
}

void TestVerifyBackupJob::namesEverythingThatIsWrong()
{
    const QDir blobs(m_folder + "/blobs/sha256"_L1);
    const QStringList names = blobs.entryList(QDir::Files);
    for (const QString &name : names)
        BackupShelf::write(blobs.filePath(name), "x");
    const QString problems = check().problems.join(u'\n');
    for (const QString &name : names)
        QVERIFY(problems.contains(name));
}

void TestVerifyBackupJob::readsThroughNoLink()
{
    const QString path = blob();
    QVERIFY(QFile::rename(path, m_shelf->outside(u"moved"_s)));
    QVERIFY(QFile::link(m_shelf->outside(u"moved"_s), path));
    const QString problems = check().problems.join(u'\n');
    QVERIFY2(problems.contains(u"no regular file"_s), qPrintable(problems));
}

void TestVerifyBackupJob::canBeStopped()
{
    auto *job = new VerifyBackupJob(m_folder);
    job->cancel();
    const auto check = outcomeOf(job);
    QVERIFY(!check);
    QVERIFY(check.error().isCancelled());
    const CancelFlag now = true;
    QVERIFY(!checkBackup(
        m_folder, [](qint64, qint64) {}, now));
}

QTEST_GUILESS_MAIN(TestVerifyBackupJob)
#include "tst_verifybackupjob.moc"
