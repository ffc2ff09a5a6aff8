// SPDX-License-Identifier: Apache-2.0
#include "support/backupshelf.h"
#include "support/fakejournal.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/dialogs/backupspanel.h"
#include "ui/views/filteredtable.h"
#include "ui/views/messagebar.h"
#include "ui/views/placeholder.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The backups of a folder, with the presenter that reads them.
class TestBackupsPanel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_panel.reset(); }
    void listsWhatIsThere();
    void saysThatThereIsNothing();
    void saysThatTheJournalCannotBeRead();
    void asksForTheBackupThatIsSelected();
    void asksForAllThatAreSelected();
    void restoresNothingThatCannotBeRead();
    void verifiesABackup();
    void namesWhatIsWrong();
    void stopsALook();
    void asksBeforeItRemovesAnything();
    void removesNothingThatARunNeeds();
    void saysWhatCouldNotBeRemoved();
    void remembersWhatWasVerified();
    void tellsHowLongBackupsAreKept();

private:
    void show(const BackupRetention &retention = {});
    void choose(const QString &folder);
    [[nodiscard]] QPushButton &button(const QString &name) const
    {
        return child<QPushButton>(*m_panel, QString(name + "SelectedButton"_L1));
    }
    [[nodiscard]] QString message() const { return m_panel->findChild<MessageBar *>()->text(); }
    [[nodiscard]] QString headline() const
    {
        return m_panel->findChild<Placeholder *>()->headline();
    }
    [[nodiscard]] BackupRow::State state(const QString &folder) const;

    std::unique_ptr<BackupShelf> m_shelf;
    std::shared_ptr<FakeJournal> m_journal;
    std::unique_ptr<BackupsPanel> m_panel;
};

void TestBackupsPanel::init()
{
    m_shelf = std::make_unique<BackupShelf>();
    m_journal = std::make_shared<FakeJournal>();
}

void TestBackupsPanel::show(const BackupRetention &retention)
{
    m_panel = std::make_unique<BackupsPanel>(m_shelf->place(), m_journal, retention);
    m_panel->resize(900, 500);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    m_panel->reload();
    QTRY_VERIFY(headline() != u"Reading the backups\u2026"_s
                || m_panel->table().view().isVisible());
}

void TestBackupsPanel::choose(const QString &folder)
{
    const auto &rows = m_panel->model().rows();
    for (int row = 0; row < rows.size(); ++row) {
        if (rows.at(row).folder == folder)
            m_panel->table().view().setCurrentIndex(m_panel->table().view().model()->index(row, 0));
    }
}

BackupRow::State TestBackupsPanel::state(const QString &folder) const
{
    for (const BackupRow &row : m_panel->model().rows()) {
        if (row.folder == folder)
            return row.state;
    }
    return BackupRow::State::Damaged;
}

void TestBackupsPanel::listsWhatIsThere()
{
    m_shelf->add(u"a"_s, {u"1"_s, u"2"_s});
    m_shelf->add(u"b"_s, {u"3"_s});
    show();
    QCOMPARE(m_panel->model().rowCount(), 2);
    QVERIFY(child<QLabel>(*m_panel, u"backupsSummary"_s).text().startsWith("2 backup"_L1));
    QVERIFY(button(u"restore"_s).isEnabled()); // The first is selected.
}

void TestBackupsPanel::saysThatThereIsNothing()
{
    show();
    QCOMPARE(headline(), u"There are no backups."_s);
    for (const QString &name : {u"restore"_s, u"verify"_s, u"remove"_s, u"open"_s})
        QVERIFY(!button(name).isEnabled());
}

void TestBackupsPanel::saysThatTheJournalCannotBeRead()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    m_journal->isUnreadable = true;
    show();
    QCOMPARE(headline(), u"The backups cannot be listed."_s);
    m_journal->isUnreadable = false;
    press(*m_panel, u"readBackupsAgainButton"_s);
    QTRY_COMPARE(m_panel->model().rowCount(), 1);
}

void TestBackupsPanel::asksForTheBackupThatIsSelected()
{
    const QString a = m_shelf->add(u"a"_s, {u"1"_s});
    m_shelf->add(u"b"_s, {u"2"_s});
    show();
    choose(a);
    QSignalSpy restore(m_panel.get(), &BackupsPanel::restoreRequested);
    QSignalSpy open(m_panel.get(), &BackupsPanel::openRequested);
    press(*m_panel, u"restoreSelectedButton"_s);
    press(*m_panel, u"openSelectedButton"_s);
    QCOMPARE(restore.size(), qsizetype(1));
    QCOMPARE(restore.first().first().toStringList(), QStringList{a});
    QCOMPARE(open.size(), qsizetype(1));
    QCOMPARE(open.first().first().toString(), a);
}

void TestBackupsPanel::asksForAllThatAreSelected()
{
    const QString a = m_shelf->add(u"a"_s, {u"1"_s});
    const QString b = m_shelf->add(u"b"_s, {u"2"_s});
    show();
    m_panel->table().view().selectAll();
    QVERIFY(!button(u"verify"_s).isEnabled());
    QVERIFY(!button(u"open"_s).isEnabled());
    QSignalSpy restore(m_panel.get(), &BackupsPanel::restoreRequested);
    press(*m_panel, u"restoreSelectedButton"_s);
    QCOMPARE(restore.size(), qsizetype(1));
    QStringList folders = restore.first().first().toStringList();
    folders.sort();
    QCOMPARE(folders, QStringList({a, b}));
}

void TestBackupsPanel::restoresNothingThatCannotBeRead()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    BackupShelf::write(folder + u'/' + Backup::recordName, "{");
    show();
    QCOMPARE(state(folder), BackupRow::State::Damaged);
    QVERIFY(!button(u"restore"_s).isEnabled());
    QVERIFY(button(u"verify"_s).isEnabled()); // It says what is wrong.
    QVERIFY(button(u"remove"_s).isEnabled());
}

void TestBackupsPanel::verifiesABackup()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    show();
    press(*m_panel, u"verifySelectedButton"_s);
    QVERIFY(!button(u"verify"_s).isEnabled()); // One at a time.
    QTRY_COMPARE(state(folder), BackupRow::State::Whole);
    QVERIFY2(message().contains("is complete"_L1), qPrintable(message()));
    QVERIFY(child<QProgressBar>(*m_panel, u"backupsProgress"_s).isHidden());
    QVERIFY(button(u"verify"_s).isEnabled());
}

void TestBackupsPanel::namesWhatIsWrong()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    BackupShelf::write(BackupShelf::blobIn(folder), "x");
    show();
    press(*m_panel, u"verifySelectedButton"_s);
    QTRY_COMPARE(state(folder), BackupRow::State::Damaged);
    QVERIFY2(message().contains("damaged"_L1), qPrintable(message()));
}

void TestBackupsPanel::stopsALook()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    show();
    press(*m_panel, u"verifySelectedButton"_s);
    QVERIFY(child<QProgressBar>(*m_panel, u"backupsProgress"_s).isVisible());
    press(*m_panel, u"stopBackups"_s);
    QTRY_COMPARE(message(), u"Stopped."_s);
    QCOMPARE(state(folder), BackupRow::State::Unchecked);
    QVERIFY(button(u"verify"_s).isEnabled());
}

void TestBackupsPanel::asksBeforeItRemovesAnything()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    show();
    QSignalSpy asked(m_panel.get(), &BackupsPanel::removalRequested);
    m_panel->table().view().setFocus();
    QTest::keyClick(&m_panel->table().view(), Qt::Key_Delete);
    QCOMPARE(asked.size(), qsizetype(1));
    QCOMPARE(asked.first().first().value<QList<BackupRow>>().first().folder, folder);
    QVERIFY(QFile::exists(folder));
    m_panel->remove({folder});
    QTRY_COMPARE(headline(), u"There are no backups."_s);
    QVERIFY(!QFile::exists(folder));
    QVERIFY(message().startsWith("1 backup"_L1));
}

void TestBackupsPanel::removesNothingThatARunNeeds()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    m_journal->unfinished = {
        {JournalRun::Kind::Deletion, u"h"_s, *RepositoryName::parse(u"team/app"), folder}};
    show();
    QCOMPARE(state(folder), BackupRow::State::Needed);
    QVERIFY(!button(u"remove"_s).isEnabled());
    QVERIFY(button(u"remove"_s).toolTip().contains("not finished"_L1));
    QSignalSpy asked(m_panel.get(), &BackupsPanel::removalRequested);
    m_panel->table().view().setFocus();
    QTest::keyClick(&m_panel->table().view(), Qt::Key_Delete);
    QVERIFY(asked.isEmpty());
}

void TestBackupsPanel::saysWhatCouldNotBeRemoved()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    BackupShelf::write(folder + "/thesis.odt"_L1, "mine");
    show();
    m_panel->remove({folder});
    QTRY_VERIFY(message().contains("could not be deleted"_L1));
    QVERIFY(QFile::exists(folder));
}

void TestBackupsPanel::remembersWhatWasVerified()
{
    const QString folder = m_shelf->add(u"a"_s, {u"1"_s});
    show();
    press(*m_panel, u"verifySelectedButton"_s);
    QTRY_COMPARE(state(folder), BackupRow::State::Whole);
    m_shelf->add(u"b"_s, {u"2"_s});
    m_panel->reload();
    QTRY_COMPARE(m_panel->model().rowCount(), 2);
    QCOMPARE(state(folder), BackupRow::State::Whole);
}

void TestBackupsPanel::tellsHowLongBackupsAreKept()
{
    show({30, 0});
    auto &days = child<QSpinBox>(*m_panel, u"backupDays"_s);
    auto &size = child<QSpinBox>(*m_panel, u"backupGibibytes"_s);
    QCOMPARE(days.value(), 30);
    QCOMPARE(size.text(), u"any amount"_s);
    QSignalSpy changed(m_panel.get(), &BackupsPanel::retentionChanged);
    days.setValue(0);
    QCOMPARE(days.text(), u"for ever"_s);
    size.setValue(3);
    QCOMPARE(changed.size(), qsizetype(2));
    QCOMPARE(changed.last().first().value<BackupRetention>(),
             (BackupRetention{0, 3LL * 1024 * 1024 * 1024}));
}

LONGSHORE_UI_TEST(TestBackupsPanel)
#include "tst_backupspanel.moc"
