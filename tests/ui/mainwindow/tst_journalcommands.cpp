// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/savebackupjob.h"
#include "support/deletionreview.h"
#include "support/fakejournal.h"
#include "support/snapshot.h"
#include "support/testbackup.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/views/messagebar.h"

#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The way from the window to the journal and the backups, and on from there.
class TestJournalCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void opensByKeyOnce();
    void restoresABackup();
    void deletesABackupAfterAQuestion();
    void keepsABackupThatIsNotConfirmed();
    void remembersHowLongBackupsAreKept();
    void savesAReport();
    void savesAReportOfADeletion();
    void triesOnceMoreWhatFailed();
    void letsOldBackupsGoAtTheStart();
    void letsNothingGoWithoutAJournal();

private:
    /// Deletes the tag "old" of "app" in the registry; the backup is that many days old.
    QString makeBackup(int days) const;
    QDialog &open();
    QDialog &openBackups();
    void restart();
    /// Answers where a report shall go.
    static void save(const QString &path);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<FakeJournal> m_journal;
    std::unique_ptr<TestWindow> m_test;
};

void TestJournalCommands::init()
{
    QDir(SaveBackupJob::defaultPlace()).removeRecursively();
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_journal = std::make_shared<FakeJournal>();
    restart();
}

void TestJournalCommands::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestJournalCommands::restart()
{
    m_test.reset();
    m_test = std::make_unique<TestWindow>(m_folder->path(), m_journal);
}

QString TestJournalCommands::makeBackup(int days) const
{
    Network network;
    RegistrySession session(network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
    TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"old"}});
    const QString folder =
        SaveBackupJob::defaultFolder(session.host(), *RepositoryName::parse(u"app"));
    deleteTags(session, u"app"_s, {u"old"_s}, folder);
    QFile record(folder + u'/' + Backup::recordName);
    if (!record.open(QIODevice::ReadWrite))
        qFatal("no record");
    QByteArray text = record.readAll();
    const QByteArray time =
        QDateTime::currentDateTimeUtc().addDays(-days).toString(Qt::ISODate).toLatin1();
    text.replace(text.indexOf("\"saved\": \"") + 10, time.size(), time);
    record.seek(0);
    record.write(text);
    return folder;
}

QDialog &TestJournalCommands::open()
{
    m_test->window.activateWindow();
    if (!QTest::qWaitForWindowActive(&m_test->window))
        qFatal("the window does not come to the front");
    QTest::keyClick(&m_test->window, Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
    return awaitDialog(u"journalDialog"_s);
}

void TestJournalCommands::save(const QString &path)
{
    auto &chooser = static_cast<QFileDialog &>(awaitDialog(u"reportFileDialog"_s));
    chooser.setDirectory(QFileInfo(path).path());
    chooser.selectFile(path);
    QMetaObject::invokeMethod(&chooser, "accept");
}

QDialog &TestJournalCommands::openBackups()
{
    QDialog &dialog = open();
    child<QTabWidget>(dialog, u"journalTabs"_s).setCurrentIndex(1);
    auto &view = child<QTreeView>(dialog, u"backups"_s);
    if (!QTest::qWaitFor([&] { return view.isVisible(); }, 20'000))
        qFatal("there is no backup");
    return dialog;
}

void TestJournalCommands::opensByKeyOnce()
{
    open();
    open();
    QCOMPARE(openDialogs(u"journalDialog"_s), qsizetype(1));
}

void TestJournalCommands::restoresABackup()
{
    makeBackup(1);
    m_test->open(m_registry->host() + "/app"_L1);
    press(openBackups(), u"restoreSelectedButton"_s);
    QDialog &dialog = awaitDialog(u"restoreDialog"_s);
    const auto &restore = child<QPushButton>(dialog, u"restore"_s);
    QTRY_VERIFY(restore.isEnabled());
    press(dialog, u"restore"_s);
    QTRY_VERIFY(restore.isHidden());
    QCOMPARE(m_registry->tags(u"app"_s), QStringList{u"old"_s});
}

void TestJournalCommands::deletesABackupAfterAQuestion()
{
    const QString folder = makeBackup(1);
    press(openBackups(), u"removeSelectedButton"_s);
    QDialog &question = awaitDialog(u"removeBackupsDialog"_s);
    const auto &box = static_cast<QMessageBox &>(question);
    QVERIFY(box.text().startsWith("Delete 1 backup"_L1));
    QVERIFY(box.text().contains(m_registry->host() + "/app"_L1));
    QVERIFY(box.text().contains("cannot be undone"_L1));
    QCOMPARE(box.defaultButton(), box.button(QMessageBox::Cancel));
    snap(question, u"remove-backups"_s);
    QVERIFY(QFile::exists(folder));
    press(question, u"remove"_s);
    QTRY_VERIFY(!QFile::exists(folder));
}

void TestJournalCommands::keepsABackupThatIsNotConfirmed()
{
    const QString folder = makeBackup(1);
    QDialog &dialog = openBackups();
    press(dialog, u"removeSelectedButton"_s);
    press(awaitDialog(u"removeBackupsDialog"_s), u"cancel"_s);
    awaitNoDialog(u"removeBackupsDialog"_s);
    QTest::keyClick(&dialog, Qt::Key_F5);
    QVERIFY(QFile::exists(folder));
}

void TestJournalCommands::remembersHowLongBackupsAreKept()
{
    makeBackup(1);
    auto &days = child<QSpinBox>(openBackups(), u"backupDays"_s);
    QCOMPARE(days.value(), 90);
    days.setValue(7);
    restart();
    QCOMPARE(child<QSpinBox>(openBackups(), u"backupDays"_s).value(), 7);
}

void TestJournalCommands::savesAReport()
{
    JournalRun run{JournalRun::Kind::Deletion,
                   u"reg.lab"_s,
                   *RepositoryName::parse(u"team/app"),
                   {},
                   {{Digest::ofBytes("1"), {*Tag::parse(u"new")}, {u"deleted"_s}}}};
    run.ended = QDateTime::currentDateTimeUtc();
    m_journal->finished = {run};
    QDialog &dialog = open();
    QTRY_VERIFY(child<QPushButton>(dialog, u"saveJournalButton"_s).isEnabled());
    press(dialog, u"saveJournalButton"_s);
    const QString path = m_folder->filePath(u"journal.csv"_s);
    save(path);
    QTRY_VERIFY(QFile::exists(path));
    QCOMPARE(m_test->settings.exportFolder(), m_folder->path());
}

void TestJournalCommands::savesAReportOfADeletion()
{
    TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"old"}});
    m_test->open(m_registry->host() + "/app"_L1);
    QDialog &dialog = DeletionReview::open(*m_test, {u"old"_s});
    fillIn(dialog, u"typedConfirmation"_s, u"1"_s); // It is the last one.
    press(dialog, u"delete"_s);
    QTRY_VERIFY(child<QPushButton>(dialog, u"saveReport"_s).isVisible());
    QVERIFY(child<QPushButton>(dialog, u"retryFailed"_s).isHidden()); // Nothing has failed.
    QVERIFY(child<QPushButton>(dialog, u"openBackup"_s).isEnabled());
    const QStringList complaints = WidgetChecks::complaintsAbout(dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    snap(dialog, u"deletion-result"_s);
    press(dialog, u"saveReport"_s);
    const QString path = m_folder->filePath(u"report.csv"_s);
    save(path);
    QTRY_VERIFY(QFile::exists(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("\r\nold,sha256:"));
}

void TestJournalCommands::triesOnceMoreWhatFailed()
{
    TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"old"}});
    m_test->open(m_registry->host() + "/app"_L1);
    QDialog &dialog = DeletionReview::open(*m_test, {u"old"_s});
    fillIn(dialog, u"typedConfirmation"_s, u"1"_s);
    m_registry->failNext("DELETE", {}, registryRefusal(400, "DENIED", "not now"));
    press(dialog, u"delete"_s);
    QTRY_VERIFY(child<QPushButton>(dialog, u"retryFailed"_s).isVisible());
    QVERIFY(child<QPushButton>(dialog, u"undo"_s).isHidden());
    press(dialog, u"retryFailed"_s);
    QTRY_COMPARE(openDialogs(u"deleteDialog"_s), qsizetype(1));
    QDialog &again = awaitDialog(u"deleteDialog"_s);
    QTRY_VERIFY(child<QWidget>(again, u"typedConfirmation"_s).isVisible()); // It asks once more.
    fillIn(again, u"typedConfirmation"_s, u"1"_s);
    QCOMPARE(m_registry->tags(u"app"_s), QStringList{u"old"_s});
    press(again, u"delete"_s);
    QTRY_VERIFY(m_registry->tags(u"app"_s).isEmpty());
}

void TestJournalCommands::letsOldBackupsGoAtTheStart()
{
    const QString older = makeBackup(100);
    const QString newer = makeBackup(95);
    restart();
    QTRY_VERIFY(!QFile::exists(older));
    QVERIFY(QFile::exists(newer)); // Nobody is left without any.
    auto &message = *m_test->window.findChild<MessageBar *>();
    QTRY_VERIFY(message.isVisible());
    QVERIFY(message.text().startsWith("1 backup"_L1));
}

void TestJournalCommands::letsNothingGoWithoutAJournal()
{
    const QString older = makeBackup(100);
    makeBackup(95);
    m_journal->isUnreadable = true;
    restart();
    m_test->open(m_registry->host() + "/app"_L1); // Long after the start.
    QVERIFY(QFile::exists(older));
    m_journal.reset();
    restart();
    m_test->open(m_registry->host() + "/app"_L1);
    QVERIFY(QFile::exists(older));
}

LONGSHORE_UI_TEST(TestJournalCommands)
#include "tst_journalcommands.moc"
