// SPDX-License-Identifier: Apache-2.0
#include "support/deletionreview.h"
#include "support/fakejournal.h"
#include "support/snapshot.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/mainwindow/restorecommands.h"
#include "ui/pages/repositorypage.h"

#include <QFileDialog>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace DeletionReview;

/// What was deleted comes back: by the button below the result, by the menu, by a backup of before.
class TestMainWindowUndo : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void offersNothingToUndoAtFirst();
    void undoesFromTheResult();
    void undoesFromTheMenu();
    void offersNoUndoWhereNothingWasDeleted();
    void restoresFromAFolder();
    void tellsOfADeletionThatBrokeOff();
    void continuesADeletionThatBrokeOff();
    void leavesAloneWhatHasChangedSince();
    void tellsWhatIsLeftWithoutATag();
    void saysThatAConnectionIsNeededFirst();
    void undoesWhatAnEarlierProgramDeleted_data();
    void undoesWhatAnEarlierProgramDeleted();

private:
    /// A journal with a deletion of "old", of which nobody knows what came.
    [[nodiscard]] std::shared_ptr<FakeJournal> brokenOff(const QString &backup = {}) const;
    /// Starts the program anew with it.
    void restart(const std::shared_ptr<FakeJournal> &journal);
    /// Deletes the tag "old", and gives the dialog that says so.
    [[nodiscard]] QDialog &deleteOld();
    /// Waits until it is known what can come back, and brings it back.
    void restore();
    [[nodiscard]] QStringList shownTags() const
    {
        return treeText(*m_test->tags().model()).split(u'\n');
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
    std::optional<Digest> m_old;
};

void TestMainWindowUndo::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_old = TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"old"}});
    TestImages::addImage(*m_registry, u"app"_s, u"latest"_s);
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->open(m_registry->host() + "/app"_L1);
}

void TestMainWindowUndo::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

QDialog &TestMainWindowUndo::deleteOld()
{
    QDialog &dialog = DeletionReview::open(*m_test, {u"old"_s});
    press(dialog, u"delete"_s);
    if (!QTest::qWaitFor([&] { return button(dialog).isHidden(); }, 20'000))
        qFatal("the deletion comes to no end");
    return dialog;
}

void TestMainWindowUndo::restore()
{
    QDialog &dialog = awaitDialog(u"restoreDialog"_s);
    const auto &restore = child<QPushButton>(dialog, u"restore"_s);
    QTRY_VERIFY(restore.isEnabled());
    QVERIFY(m_registry->tags(u"app"_s) == QStringList{u"latest"_s}); // Nothing without being asked.
    press(dialog, u"restore"_s);
    QTRY_VERIFY(restore.isHidden());
    QVERIFY(text(dialog, u"restoreHeadline"_s).startsWith("1 tag"_L1));
    QCOMPARE(m_registry->tags(u"app"_s), (QStringList{u"latest"_s, u"old"_s}));
    QVERIFY(m_registry->hasManifest(u"app"_s, *m_old));
    press(dialog, u"close"_s);
    awaitNoDialog(u"restoreDialog"_s);
}

void TestMainWindowUndo::offersNothingToUndoAtFirst()
{
    QVERIFY(!m_test->window.actions().undoDeletion->isEnabled());
    QVERIFY(m_test->window.actions().restoreBackup->isEnabled());
}

void TestMainWindowUndo::undoesFromTheResult()
{
    QDialog &result = deleteOld();
    QVERIFY(child<QPushButton>(result, u"undo"_s).isVisible());
    press(result, u"undo"_s);
    awaitNoDialog(u"deleteDialog"_s);
    restore();
    m_test->waitUntilSettled();
    QTRY_VERIFY(shownTags().contains(u"old"_s)); // The list in front knows it again.
}

void TestMainWindowUndo::undoesFromTheMenu()
{
    press(deleteOld(), u"close"_s);
    awaitNoDialog(u"deleteDialog"_s);
    QVERIFY(!shownTags().contains(u"old"_s));
    QVERIFY(m_test->window.actions().undoDeletion->isEnabled());
    m_test->window.activateWindow(); // The dialog was in front.
    QVERIFY(QTest::qWaitForWindowActive(&m_test->window));
    QTest::keySequence(&m_test->tags(), QKeySequence(QKeySequence::Undo));
    restore();
    QTRY_VERIFY(shownTags().contains(u"old"_s));
}

void TestMainWindowUndo::offersNoUndoWhereNothingWasDeleted()
{
    m_registry->behaviour.canDelete = false;
    const QDialog &result = deleteOld();
    QVERIFY(!child<QPushButton>(result, u"undo"_s).isVisible());
    QVERIFY(!m_test->window.actions().undoDeletion->isEnabled());
}

void TestMainWindowUndo::restoresFromAFolder()
{
    press(deleteOld(), u"close"_s);
    awaitNoDialog(u"deleteDialog"_s);
    m_test->window.actions().restoreBackup->trigger();
    auto &chooser = static_cast<QFileDialog &>(awaitDialog(u"backupFolderDialog"_s));
    const QDir backups(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                       + "/backups"_L1);
    QCOMPARE(chooser.directory(), backups); // Where they go when nobody says otherwise.
    const QStringList names = backups.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    chooser.selectFile(backups.filePath(names.last()));
    QMetaObject::invokeMethod(&chooser, "accept");
    restore();
}

std::shared_ptr<FakeJournal> TestMainWindowUndo::brokenOff(const QString &backup) const
{
    auto journal = std::make_shared<FakeJournal>();
    JournalRun run{JournalRun::Kind::Deletion, m_registry->host(), *RepositoryName::parse(u"app"),
                   backup};
    run.id = 3;
    run.begun = QDateTime::currentDateTimeUtc();
    run.items = {{*m_old, {*Tag::parse(u"old")}}};
    journal->unfinished = {run};
    return journal;
}

void TestMainWindowUndo::restart(const std::shared_ptr<FakeJournal> &journal)
{
    m_test.reset();
    m_test = std::make_unique<TestWindow>(m_folder->path(), journal);
}

void TestMainWindowUndo::tellsOfADeletionThatBrokeOff()
{
    const auto journal = brokenOff(); // DEL-45
    restart(journal);
    QDialog &dialog = awaitDialog(u"unfinishedDialog"_s);
    const auto &list = child<QTreeWidget>(dialog, u"unfinishedList"_s);
    QCOMPARE(list.topLevelItemCount(), 1);
    QCOMPARE(list.topLevelItem(0)->text(1), QString(m_registry->host() + u"/app"_s));
    QCOMPARE(list.topLevelItem(0)->text(2), u"Deletion: 0 of 1 images had their turn"_s);
    QVERIFY(!child<QPushButton>(dialog, u"restoreRun"_s).isEnabled()); // There is no backup.
    const QStringList complaints = WidgetChecks::complaintsAbout(dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0)); // Nothing by itself.
    snap(dialog, u"unfinished-dialog"_s);
    press(dialog, u"forgetRun"_s);
    awaitNoDialog(u"unfinishedDialog"_s);
    QVERIFY(journal->unfinished.isEmpty());
}

void TestMainWindowUndo::continuesADeletionThatBrokeOff()
{
    restart(brokenOff());
    m_test->open(m_registry->host() + "/app"_L1);
    press(awaitDialog(u"unfinishedDialog"_s), u"continueRun"_s);
    QDialog &review = awaitDialog(u"deleteDialog"_s);
    QTRY_VERIFY(button(review).isEnabled());
    QCOMPARE(list(review), u"old | is deleted with its image"_s);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestMainWindowUndo::leavesAloneWhatHasChangedSince()
{
    const auto journal = brokenOff();
    TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"pushed since"}});
    m_registry->setTag(u"app"_s, u"saved"_s, *m_old); // Somebody has given it another name.
    restart(journal);
    m_test->open(m_registry->host() + "/app"_L1);
    QDialog &dialog = awaitDialog(u"unfinishedDialog"_s);
    press(dialog, u"continueRun"_s);
    QTRY_VERIFY(text(dialog, u"unfinishedNotice"_s).endsWith("is left alone."_L1));
    QCOMPARE(openDialogs(u"deleteDialog"_s), qsizetype(0));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestMainWindowUndo::tellsWhatIsLeftWithoutATag()
{
    const auto journal = brokenOff();
    const Digest child = TestImages::addImage(*m_registry, u"app"_s, u"child"_s, {.layers = {"c"}});
    m_registry->removeTag(u"app"_s, u"child"_s);
    journal->unfinished.first().items = {{child, {}}};
    restart(journal);
    m_test->open(m_registry->host() + "/app"_L1);
    QDialog &dialog = awaitDialog(u"unfinishedDialog"_s);
    press(dialog, u"continueRun"_s);
    QTRY_VERIFY(text(dialog, u"unfinishedNotice"_s).contains("without a tag"_L1));
    QVERIFY(!text(dialog, u"unfinishedNotice"_s).contains("to be deleted"_L1));
    QCOMPARE(openDialogs(u"deleteDialog"_s), qsizetype(0));
}

void TestMainWindowUndo::undoesWhatAnEarlierProgramDeleted_data()
{
    QTest::addColumn<QString>("state"); // Of the only image.
    QTest::addColumn<bool>("hasBackup");
    QTest::addColumn<bool>("isRestored");
    QTest::newRow("with its backup") << u"deleted"_s << true << false;
    QTest::newRow("whose backup is gone") << u"deleted"_s << false << false;
    QTest::newRow("undone already") << u"deleted"_s << true << true;
    QTest::newRow("without effect") << u"skipped"_s << true << false;
}

void TestMainWindowUndo::undoesWhatAnEarlierProgramDeleted()
{
    QFETCH(const QString, state);
    QFETCH(const bool, hasBackup);
    QFETCH(const bool, isRestored);
    const auto journal =
        brokenOff(hasBackup ? m_folder->path() : m_folder->filePath(u"not there"_s));
    JournalRun deletion = journal->unfinished.takeFirst();
    deletion.items.first().result.state = state;
    deletion.ended = QDateTime::currentDateTimeUtc();
    JournalRun later = deletion;
    later.kind = isRestored ? JournalRun::Kind::Restore : JournalRun::Kind::Copy;
    journal->finished = {later, deletion};
    restart(journal);
    QCoreApplication::processEvents(); // The journal has been read.
    const auto *commands = m_test->window.findChild<RestoreCommands *>();
    QTRY_VERIFY(commands->findChildren<Job *>().isEmpty()); // The backup has been looked for.
    const bool isOffered = hasBackup && !isRestored && state == "deleted"_L1;
    QCOMPARE(m_test->window.actions().undoDeletion->isEnabled(), isOffered);
    if (!isOffered)
        return;
    m_test->window.actions().undoDeletion->trigger();
    QVERIFY(awaitDialog(u"restoreDialog"_s).isVisible());
}

void TestMainWindowUndo::saysThatAConnectionIsNeededFirst()
{
    restart(brokenOff());
    QDialog &dialog = awaitDialog(u"unfinishedDialog"_s);
    press(dialog, u"continueRun"_s);
    QVERIFY(text(dialog, u"unfinishedNotice"_s).contains(m_registry->host()));
    QCOMPARE(openDialogs(u"deleteDialog"_s), qsizetype(0));
}

LONGSHORE_UI_TEST(TestMainWindowUndo)
#include "tst_mainwindow_undo.moc"
