// SPDX-License-Identifier: Apache-2.0
#include "support/backupshelf.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/dialogs/restorelist.h"

#include <QSignalSpy>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The boxes of backups and of their tags: "first" has a tag that can come back, one that would be
/// moved and one whose layers are gone.
class TestRestoreList : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void ticksWhatHasNoOtherInItsPlace();
    void unticksAllOfABackup();
    void ticksAsMuchAsAtFirst();
    void showsABackupThatIsTickedInPart();
    void hasNoBoxForABackupThatCannotComeBack();
    void ticksATagInTheNewestBackupAlone();
    void ticksATagInOneBackupAlone();
    void ticksTheSameTagOfAnotherRepository();
    void hasNoBackupsWhereThereIsOne();

private:
    void show(const QStringList &folders);
    [[nodiscard]] QTreeWidgetItem &backup(int number) const
    {
        return *m_list->topLevelItem(number);
    }
    [[nodiscard]] FakeConnection &connection() const { return m_shelf->connection; }

    std::unique_ptr<BackupShelf> m_shelf;
    QString m_first; ///< Folders of backups.
    QString m_second;
    std::unique_ptr<RestoresPresenter> m_presenter;
    std::unique_ptr<RestoreList> m_list;
};

using Ticked = QList<QList<qsizetype>>;

void TestRestoreList::init()
{
    m_shelf = std::make_unique<BackupShelf>();
    m_first = m_shelf->add(u"first"_s, {u"free"_s, u"lost"_s, u"taken"_s}, u"app"_s);
    m_second = m_shelf->add(u"second"_s, {u"v1"_s}, u"web"_s);
    setTaken(m_first, 1);
    setTaken(m_second, 1);
    TestImages::addImage(connection().registry, u"app"_s, u"taken"_s, {.layers = {"other"}});
    QVERIFY(outcomeOf(
        connection().session.deleteBlob(*RepositoryName::parse(u"app"), Digest::ofBytes("lost"))));
}

void TestRestoreList::cleanup()
{
    m_list.reset();
    m_presenter.reset();
    m_shelf.reset();
}

void TestRestoreList::show(const QStringList &folders)
{
    m_presenter = std::make_unique<RestoresPresenter>(folders, [this](const QString &) {
        return std::shared_ptr<RegistrySession>(std::shared_ptr<void>(), &connection().session);
    });
    QSignalSpy planned(m_presenter.get(), &RestoresPresenter::planned);
    m_presenter->prepare();
    QTRY_COMPARE(planned.size(), qsizetype(1));
    m_list = std::make_unique<RestoreList>();
    m_list->showPlans(m_presenter->backups());
}

void TestRestoreList::ticksWhatHasNoOtherInItsPlace()
{
    show({m_first, m_second});
    QCOMPARE(m_list->ticked(), Ticked({{0}, {0}}));
    QCOMPARE(backup(0).childCount(), 3);
    QCOMPARE(backup(0).checkState(0), Qt::Checked); // As much as is ticked by itself.
    QVERIFY(!backup(0).child(1)->data(0, Qt::CheckStateRole).isValid());
    QCOMPARE(backup(0).child(2)->checkState(0), Qt::Unchecked);
}

void TestRestoreList::unticksAllOfABackup()
{
    show({m_first, m_second});
    backup(0).child(2)->setCheckState(0, Qt::Checked);
    QSignalSpy ticked(m_list.get(), &RestoreList::tickedChanged);
    backup(0).setCheckState(0, Qt::Unchecked);
    QCOMPARE(ticked.size(), qsizetype(1)); // Not for each row.
    QCOMPARE(m_list->ticked(), Ticked({{}, {0}}));
    QCOMPARE(backup(0).checkState(0), Qt::Unchecked);
}

void TestRestoreList::ticksAsMuchAsAtFirst()
{
    show({m_first, m_second});
    backup(0).setCheckState(0, Qt::Unchecked);
    backup(0).setCheckState(0, Qt::Checked);
    QCOMPARE(m_list->ticked(), Ticked({{0}, {0}})); // Nothing that would be moved.
    QCOMPARE(backup(0).checkState(0), Qt::Checked);
}

void TestRestoreList::showsABackupThatIsTickedInPart()
{
    show({m_first, m_second});
    backup(0).child(0)->setCheckState(0, Qt::Unchecked);
    QCOMPARE(backup(0).checkState(0), Qt::Unchecked);
    backup(0).child(2)->setCheckState(0, Qt::Checked);
    QCOMPARE(backup(0).checkState(0), Qt::PartiallyChecked);
    QCOMPARE(m_list->ticked(), Ticked({{2}, {0}}));
}

void TestRestoreList::hasNoBoxForABackupThatCannotComeBack()
{
    m_shelf->spoil(u"second"_s);
    show({m_first, m_second});
    QVERIFY(!backup(0).data(0, Qt::CheckStateRole).isValid()); // It is seen first why.
    QCOMPARE(backup(0).childCount(), 0);
    QCOMPARE(m_list->ticked(), Ticked({{}, {0}}));
}

void TestRestoreList::ticksATagInTheNewestBackupAlone()
{
    const QString newer = m_shelf->add(u"newer"_s, {u"free"_s, u"more"_s}, u"app"_s);
    setTaken(newer, 2);
    show({m_first, newer});
    QCOMPARE(m_list->ticked(), Ticked({{0, 1}, {}}));
    QVERIFY(!backup(0).child(0)->text(1).contains(u"newer backup"_s));
    QVERIFY(backup(1).child(0)->text(1).contains(u"newer backup"_s));
    QCOMPARE(backup(1).checkState(0), Qt::Unchecked);
}

void TestRestoreList::ticksATagInOneBackupAlone()
{
    const QString newer = m_shelf->add(u"newer"_s, {u"free"_s, u"more"_s, u"taken"_s}, u"app"_s);
    TestImages::addImage(connection().registry, u"app"_s, u"taken"_s, {.layers = {"other"}});
    setTaken(newer, 2);
    show({m_first, newer});
    QSignalSpy ticked(m_list.get(), &RestoreList::tickedChanged);
    backup(1).child(0)->setCheckState(0, Qt::Checked);
    QCOMPARE(ticked.size(), qsizetype(1));
    QCOMPARE(m_list->ticked(), Ticked({{1}, {0}}));
    QCOMPARE(backup(0).checkState(0), Qt::PartiallyChecked);
    QCOMPARE(backup(1).checkState(0), Qt::Checked);
    backup(0).setCheckState(0, Qt::Checked); // All that is free.
    QCOMPARE(m_list->ticked(), Ticked({{0, 1}, {}}));
    QCOMPARE(backup(1).checkState(0), Qt::Unchecked);
    backup(0).child(2)->setCheckState(0, Qt::Checked); // It would be moved.
    backup(1).child(2)->setCheckState(0, Qt::Checked);
    QCOMPARE(m_list->ticked(), Ticked({{0, 1}, {2}}));
}

void TestRestoreList::ticksTheSameTagOfAnotherRepository()
{
    const QString other = m_shelf->add(u"other"_s, {u"free"_s}, u"web"_s);
    setTaken(other, 1);
    show({m_first, other});
    QCOMPARE(m_list->ticked(), Ticked({{0}, {0}}));
}

void TestRestoreList::hasNoBackupsWhereThereIsOne()
{
    show({m_first});
    QCOMPARE(m_list->topLevelItemCount(), 3);
    QVERIFY(!m_list->rootIsDecorated());
    QCOMPARE(m_list->ticked(), Ticked({{0}}));
    backup(2).setCheckState(0, Qt::Checked);
    QCOMPARE(m_list->ticked(), Ticked({{0, 2}}));
}

LONGSHORE_UI_TEST(TestRestoreList)
#include "tst_restorelist.moc"
