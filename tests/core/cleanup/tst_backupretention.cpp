// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/backupretention.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

/// Which backups are not to be kept any longer.
class TestBackupRetention : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatIsNeitherOldNorLarge();
    void forgetsWhatIsTooOld();
    void forgetsTheOldestOfTooMuch();
    void keepsEverythingWithoutLimits();
    void neverForgetsTheNewest();
    void neverForgetsWhatWasMadeToday();
    void neverForgetsWhatARunNeeds();
    void letsNothingGoForWhatStaysAnyway();
    void neverForgetsWhatCannotBeRead();

private:
    static constexpr qint64 mebibyte = 1024 * 1024;

    /// "d40" is 40 days old, of one mebibyte.
    [[nodiscard]] StoredBackup backup(int days) const
    {
        const QDateTime taken = m_now.addDays(-days);
        return {u"d%1"_s.arg(days), mebibyte, taken,
                Backup{{}, u"h"_s, *RepositoryName::parse(u"a"), taken, {}, {}, {}}};
    }
    [[nodiscard]] QString expired(const QList<StoredBackup> &backups,
                                  const BackupRetention &retention) const
    {
        QStringList names;
        for (const StoredBackup &backup : expiredBackups(backups, retention, m_now))
            names.append(backup.folder);
        return names.join(u' ');
    }

    const QDateTime m_now{{2026, 5, 4}, {12, 0}, Qt::UTC};
};

void TestBackupRetention::keepsWhatIsNeitherOldNorLarge()
{
    QCOMPARE(expired({}, {}), QString());
    QCOMPARE(expired({backup(3), backup(40), backup(90)}, {}), QString());
    QCOMPARE(expired({backup(3), backup(4)}, {90, 2 * mebibyte}), QString());
}

void TestBackupRetention::forgetsWhatIsTooOld()
{
    QCOMPARE(expired({backup(3), backup(91), backup(400)}, {}), u"d400 d91"_s);
}

void TestBackupRetention::forgetsTheOldestOfTooMuch()
{
    QCOMPARE(expired({backup(3), backup(4), backup(5), backup(6)}, {90, 2 * mebibyte}), u"d6"_s);
    // A large one does not take those with it that are older, and does not hide behind small ones.
    QList<StoredBackup> backups{backup(3), backup(4), backup(5)};
    backups[1].bytes = 10 * mebibyte;
    QCOMPARE(expired(backups, {90, 3 * mebibyte}), u"d4"_s);
}

void TestBackupRetention::keepsEverythingWithoutLimits()
{
    QCOMPARE(expired({backup(3), backup(4000)}, {0, 0}), QString());
}

void TestBackupRetention::neverForgetsTheNewest()
{
    QCOMPARE(expired({backup(400), backup(500)}, {90, 1}), u"d500"_s);
}

void TestBackupRetention::neverForgetsWhatWasMadeToday()
{
    // Whoever makes it may not have told the journal of it yet.
    QList<StoredBackup> backups{backup(0), backup(1), backup(2)};
    backups[1].taken = m_now.addSecs(-23 * 60 * 60);
    QCOMPARE(expired(backups, {90, 1}), u"d2"_s);
}

void TestBackupRetention::neverForgetsWhatARunNeeds()
{
    QList<StoredBackup> backups{backup(3), backup(400), backup(500)};
    backups[1].isNeeded = true;
    QCOMPARE(expired(backups, {90, 1}), u"d500"_s);
}

void TestBackupRetention::letsNothingGoForWhatStaysAnyway()
{
    QList<StoredBackup> backups{backup(0), backup(3), backup(4)};
    backups[0].bytes = 10 * mebibyte;
    backups.append(backup(5));
    backups[3].bytes = 10 * mebibyte;
    backups[3].record.reset();
    QCOMPARE(expired(backups, {90, 2 * mebibyte}), QString());
}

void TestBackupRetention::neverForgetsWhatCannotBeRead()
{
    QList<StoredBackup> backups{backup(3), backup(400), backup(500)};
    backups[1].record.reset();
    QCOMPARE(expired(backups, {90, 1}), u"d500"_s);
}

QTEST_GUILESS_MAIN(TestBackupRetention)
#include "tst_backupretention.moc"
