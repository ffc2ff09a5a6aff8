// SPDX-License-Identifier: Apache-2.0
#include "support/fakejournal.h"
#include "support/modeltext.h"
#include "support/snapshot.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/backupspanel.h"
#include "ui/dialogs/journaldialog.h"
#include "ui/dialogs/journalpanel.h"
#include "ui/views/filteredtable.h"
#include "ui/views/messagebar.h"
#include "ui/views/placeholder.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The dialog with its panel for the journal; that for backups has a test of its own.
class TestJournalDialog : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_dialog.reset(); }
    void showsEveryChange();
    void saysThatNothingWasChanged();
    void saysThatTheJournalCannotBeRead();
    void asksForTheBackupOfTheChange();
    void asksForEachBackupOnce();
    void offersNoBackupWhereThereIsNone();
    void savesWhatIsShown();
    void copiesRowsAsText();
    void readsAgainByKey();
    void canBeUsedByKeyboard();

private:
    void show();
    [[nodiscard]] JournalPanel &journal() const { return *m_dialog->findChild<JournalPanel *>(); }
    [[nodiscard]] QTreeView &view() const { return child<QTreeView>(*m_dialog, u"journal"_s); }
    [[nodiscard]] QString headline() const
    {
        return journal().findChild<Placeholder *>()->headline();
    }

    QTemporaryDir m_folder;
    std::shared_ptr<FakeJournal> m_journal;
    std::unique_ptr<JournalDialog> m_dialog;
};

void TestJournalDialog::init()
{
    m_journal = std::make_shared<FakeJournal>();
    JournalRun run{JournalRun::Kind::Deletion,
                   u"reg.lab"_s,
                   *RepositoryName::parse(u"team/app"),
                   u"/b/1"_s,
                   {{Digest::ofBytes("1"), {*Tag::parse(u"new")}, {u"deleted"_s}},
                    {Digest::ofBytes("2"), {*Tag::parse(u"old")}, {u"skipped"_s, u"moved"_s}}},
                   QDateTime::currentDateTimeUtc()};
    run.ended = run.begun;
    run.user = u"anna"_s;
    run.connection = u"Lab"_s;
    JournalRun bare = run;
    bare.backupFolder.clear();
    bare.items = {{Digest::ofBytes("3"), {*Tag::parse(u"bare")}, {u"untagged"_s}}};
    m_journal->finished = {run, bare};
}

void TestJournalDialog::show()
{
    m_dialog = std::make_unique<JournalDialog>(
        new JournalPanel(m_journal),
        new BackupsPanel(m_folder.filePath(u"backups"_s), m_journal, {}));
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    QTRY_VERIFY(view().isVisible() || headline() != u"Reading the journal\u2026"_s);
}

void TestJournalDialog::showsEveryChange()
{
    show();
    QCOMPARE(view().model()->rowCount(), 3);
    QCOMPARE(view().model()->index(1, JournalTableModel::ResultColumn).data().toString(),
             u"Skipped: moved"_s);
    QCOMPARE(view().model()->index(1, JournalTableModel::UserColumn).data().toString(), u"anna"_s);
    snap(*m_dialog, u"journal"_s);
    QVERIFY(child<QLabel>(*m_dialog, u"journalSummary"_s).text().startsWith("3 change"_L1));
}

void TestJournalDialog::saysThatNothingWasChanged()
{
    m_journal->finished.clear();
    show();
    QCOMPARE(headline(), u"Nothing was changed yet."_s);
    QVERIFY(!child<QPushButton>(*m_dialog, u"saveJournalButton"_s).isEnabled());
}

void TestJournalDialog::saysThatTheJournalCannotBeRead()
{
    m_journal->isUnreadable = true;
    show();
    QCOMPARE(headline(), u"The journal cannot be read."_s);
    m_journal->isUnreadable = false;
    press(*m_dialog, u"readJournalAgainButton"_s);
    QTRY_VERIFY(view().isVisible());
}

void TestJournalDialog::asksForTheBackupOfTheChange()
{
    show();
    QSignalSpy restore(&journal(), &JournalPanel::restoreRequested);
    QSignalSpy open(&journal(), &JournalPanel::openRequested);
    press(*m_dialog, u"restoreChangeButton"_s);
    press(*m_dialog, u"openChangeBackupButton"_s);
    QCOMPARE(restore.size(), qsizetype(1));
    QCOMPARE(restore.first().first().toStringList(), QStringList{u"/b/1"_s});
    QCOMPARE(open.size(), qsizetype(1));
    QCOMPARE(open.first().first().toString(), u"/b/1"_s);
}

void TestJournalDialog::asksForEachBackupOnce()
{
    JournalRun other = m_journal->finished.constFirst();
    other.backupFolder = u"/b/2"_s;
    m_journal->finished.append(other);
    show();
    view().selectAll(); // Two changes of each, and one without any.
    QVERIFY(!child<QPushButton>(*m_dialog, u"openChangeBackupButton"_s).isEnabled());
    QSignalSpy restore(&journal(), &JournalPanel::restoreRequested);
    press(*m_dialog, u"restoreChangeButton"_s);
    QCOMPARE(restore.size(), qsizetype(1));
    QStringList folders = restore.first().first().toStringList();
    folders.sort();
    QCOMPARE(folders, QStringList({u"/b/1"_s, u"/b/2"_s}));
}

void TestJournalDialog::offersNoBackupWhereThereIsNone()
{
    show();
    chooseRow(view(), view().model()->index(2, 0).data().toString());
    view().setCurrentIndex(view().model()->index(2, 0));
    QVERIFY(!child<QPushButton>(*m_dialog, u"restoreChangeButton"_s).isEnabled());
    QVERIFY(!child<QPushButton>(*m_dialog, u"openChangeBackupButton"_s).isEnabled());
}

void TestJournalDialog::savesWhatIsShown()
{
    show();
    QSignalSpy asked(&journal(), &JournalPanel::savingRequested);
    press(*m_dialog, u"saveJournalButton"_s);
    QCOMPARE(asked.size(), qsizetype(1));
    auto &filter = *journal().findChild<QLineEdit *>();
    filter.setText(u"old"_s);
    QTest::keyClick(&filter, Qt::Key_Return);
    const QString path = m_folder.filePath(u"report.csv"_s);
    journal().save(path);
    auto &message = *journal().findChild<MessageBar *>();
    QTRY_VERIFY(message.isVisible());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray report = file.readAll();
    QVERIFY(report.contains(",old,"));
    QVERIFY(!report.contains(",new,"));
}

void TestJournalDialog::copiesRowsAsText()
{
    show();
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_A, Qt::ControlModifier);
    QTest::keySequence(&view(), QKeySequence(QKeySequence::Copy));
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), qsizetype(3));
    QVERIFY(lines.at(0).contains("\tteam/app\t"_L1));
}

void TestJournalDialog::readsAgainByKey()
{
    show();
    m_journal->finished.removeLast();
    QTest::keyClick(m_dialog.get(), Qt::Key_F5);
    QTRY_COMPARE(view().model()->rowCount(), 2);
}

void TestJournalDialog::canBeUsedByKeyboard()
{
    show();
    QStringList complaints = WidgetChecks::complaintsAbout(*m_dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    child<QTabWidget>(*m_dialog, u"journalTabs"_s).setCurrentIndex(1);
    complaints = WidgetChecks::complaintsAbout(*m_dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
}

LONGSHORE_UI_TEST(TestJournalDialog)
#include "tst_journaldialog.moc"
