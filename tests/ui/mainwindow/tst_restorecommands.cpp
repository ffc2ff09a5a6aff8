// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/savebackupjob.h"
#include "core/cleanup/takesnapshotjob.h"
#include "support/deletionreview.h"
#include "support/fakeconnection.h"
#include "support/fakejournal.h"
#include "support/outcome.h"
#include "support/testimages.h"
#include "support/uitest.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Qt::StringLiterals;
using namespace DeletionReview;

/// Going on with what broke off and is no deletion of images; tst_mainwindow_undo has those.
class TestRestoreCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void continuesARemovalOfTagsByAReview();
    void leavesAloneATagThatIsTheLastOfItsImage();
    void continuesARestoreByLookingWhatIsThere();
    void undoesWhatWasNotRestoredYet();

private:
    /// Starts the program with a run about "old" that broke off, and connects.
    QDialog &start(JournalRun::Kind kind, const QString &backup = {});

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeConnection> m_connection;
    std::unique_ptr<TestWindow> m_test;
    std::optional<Digest> m_old;
};

void TestRestoreCommands::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_connection = std::make_unique<FakeConnection>();
    m_old = TestImages::addImage(m_connection->registry, u"app"_s, u"old"_s, {.layers = {"old"}});
    TestImages::addImage(m_connection->registry, u"app"_s, u"latest"_s);
}

void TestRestoreCommands::cleanup()
{
    m_test.reset();
    m_connection.reset();
}

QDialog &TestRestoreCommands::start(JournalRun::Kind kind, const QString &backup)
{
    const FakeRegistry &registry = m_connection->registry;
    auto journal = std::make_shared<FakeJournal>();
    JournalRun run{kind, registry.host(), *RepositoryName::parse(u"app"), backup};
    run.id = 3;
    run.begun = QDateTime::currentDateTimeUtc();
    run.items = {{*m_old, {*Tag::parse(u"old")}}};
    journal->unfinished = {run};
    m_test = std::make_unique<TestWindow>(m_folder->path(), journal);
    m_test->open(registry.host() + "/app"_L1);
    return awaitDialog(u"unfinishedDialog"_s);
}

void TestRestoreCommands::continuesARemovalOfTagsByAReview()
{
    m_connection->registry.setTag(u"app"_s, u"older"_s, *m_old);
    QDialog &dialog = start(JournalRun::Kind::Untagging);
    press(dialog, u"continueRun"_s);
    const QDialog &review = awaitDialog(u"deleteDialog"_s);
    QCOMPARE(text(dialog, u"unfinishedNotice"_s), u"1 tag is left to be removed."_s);
    QTRY_COMPARE(list(review), u"old | chosen\nolder | points to the same image"_s);
    QCOMPARE(m_connection->registry.tags(u"app"_s).size(), qsizetype(3));
}

void TestRestoreCommands::leavesAloneATagThatIsTheLastOfItsImage()
{
    QDialog &dialog = start(JournalRun::Kind::Untagging);
    press(dialog, u"continueRun"_s);
    QTRY_COMPARE(
        text(dialog, u"unfinishedNotice"_s),
        u"1 tag points elsewhere by now, or is the last of its image, and is left alone."_s);
    QCOMPARE(openDialogs(u"deleteDialog"_s), qsizetype(0));
}

void TestRestoreCommands::continuesARestoreByLookingWhatIsThere()
{
    const auto snapshot =
        outcomeOf(new TakeSnapshotJob(m_connection->session, *RepositoryName::parse(u"app")));
    const QString backup = m_folder->filePath(u"backup"_s);
    QVERIFY(outcomeOf(new SaveBackupJob(m_connection->session,
                                        planDeletion(*snapshot, {*Tag::parse(u"old")}), backup)));
    m_connection->registry.removeTag(u"app"_s, u"old"_s);
    QDialog &dialog = start(JournalRun::Kind::Restore, backup);
    QVERIFY(!child<QPushButton>(dialog, u"restoreRun"_s).isEnabled()); // That is the same.
    press(dialog, u"continueRun"_s);
    QDialog &restore = awaitDialog(u"restoreDialog"_s);
    QTRY_VERIFY(child<QPushButton>(restore, u"restore"_s).isEnabled());
    QVERIFY(!m_connection->registry.tags(u"app"_s).contains(u"old"_s)); // Not by itself.
    press(restore, u"restore"_s);
    QTRY_VERIFY(m_connection->registry.tags(u"app"_s).contains(u"old"_s));
}

void TestRestoreCommands::undoesWhatWasNotRestoredYet()
{
    auto journal = std::make_shared<FakeJournal>();
    QStringList folders;
    for (const QString &name : {u"one"_s, u"two"_s, u"three"_s}) {
        folders.append(m_folder->filePath(name));
        QVERIFY(QDir(m_folder->path()).mkdir(name));
        JournalRun run{JournalRun::Kind::Deletion, u"reg.lab"_s, *RepositoryName::parse(name),
                       folders.constLast()};
        run.begun = QDateTime::currentDateTimeUtc();
        run.ended = run.begun;
        run.items = {{*m_old, {*Tag::parse(u"old")}, {u"deleted"_s}}};
        journal->finished.append(run);
    }
    JournalRun restore = journal->finished.constFirst();
    restore.kind = JournalRun::Kind::Restore;
    journal->finished.prepend(restore); // Of the newest.
    m_test = std::make_unique<TestWindow>(m_folder->path(), journal);
    const QAction *undo = m_test->window.actions().undoDeletion;
    QTRY_VERIFY(undo->isEnabled()); // The backups have been looked for.
    m_test->window.actions().undoDeletion->trigger();
    const QDialog &dialog = awaitDialog(u"restoreDialog"_s);
    const auto &rows = child<QTreeWidget>(dialog, u"restoreList"_s);
    QTRY_COMPARE(rows.topLevelItemCount(), 2); // None of them can be read.
    QCOMPARE(rows.topLevelItem(0)->text(0), u"two"_s);
    QCOMPARE(rows.topLevelItem(1)->text(0), u"three"_s);
}

LONGSHORE_UI_TEST(TestRestoreCommands)
#include "tst_restorecommands.moc"
