// SPDX-License-Identifier: Apache-2.0
#include "support/cleanupreview.h"
#include "support/fakejournal.h"
#include "support/heldrequests.h"
#include "support/modeltext.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "ui/mainwindow/pagetabs.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace TestInventory;

/// Cleaning up in the window, from the menu to the report.
class TestCleanupCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void plansForTheRepositoryInFront();
    void plansForWhatIsSelectedInTheTree();
    void isOffWithoutARepository();
    void asksAndThenCleansUp();
    void keepsTheRulesOfAConnection();
    void bringsBackWhatWasCleanedUp();
    void doesNotComeBackAfterARestart();
    void isNotTornOffWhenItsTabIsClosed();
    void goesToItsEndWhenItsConnectionIsRemoved();
    void undoesAllThatWentTogether();
    void isOffInProductionUntilChangesAreAllowed();

private:
    CleanupPage &plan() { return CleanupReview::plan(*m_test, app()); }
    CleanupPage &cleanedUp() { return CleanupReview::run(*m_test, app()); }
    [[nodiscard]] QString app() const { return m_registry->host() + "/team/app"_L1; }
    [[nodiscard]] QString text(const CleanupPage &page, const QString &label) const
    {
        return child<QLabel>(page, label).text();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeJournal> m_journal;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestCleanupCommands::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_journal = std::make_shared<FakeJournal>();
    m_registry = std::make_unique<FakeRegistry>();
    for (const QString &repository : {u"team/app"_s, u"team/web"_s, u"other"_s}) {
        for (const QString &tag : {u"latest"_s, u"pr-1"_s, u"pr-2"_s, u"x"_s})
            TestImages::addImage(*m_registry, repository, tag, {.layers = {tag.toLatin1()}});
    }
    m_test = std::make_unique<TestWindow>(m_folder->path(), m_journal);
    m_test->connectTo(*m_registry);
}

void TestCleanupCommands::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestCleanupCommands::plansForTheRepositoryInFront()
{
    const CleanupPage &page = plan();
    QCOMPARE(page.place().cleanup, QList<RepositoryName>{*RepositoryName::parse(u"team/app")});
    QCOMPARE(page.title(), u"Clean up team/app"_s);
    m_test->window.actions().cleanUp->trigger(); // It is there already.
    QCOMPARE(m_test->page<CleanupPage>(), &page);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestCleanupCommands::plansForWhatIsSelectedInTheTree()
{
    QTreeView &tree = m_test->registries();
    chooseRow(tree, u"team"_s);
    tree.setFocus();
    QTest::keyClick(&m_test->window, Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    auto *page = m_test->page<CleanupPage>();
    QVERIFY(page);
    QCOMPARE(page->place().cleanup, (QList<RepositoryName>{*RepositoryName::parse(u"team/app"),
                                                           *RepositoryName::parse(u"team/web")}));
    QCOMPARE(page->title(), u"Clean up 2 repositories"_s);
    QTRY_VERIFY(page->isLoaded());
    QCOMPARE(page->presenter().plan().rows.size(), qsizetype(8));
}

void TestCleanupCommands::isOffWithoutARepository()
{
    const QTemporaryDir folder;
    const TestWindow empty(folder.path());
    const QAction *cleanUp = empty.window.actions().cleanUp;
    QVERIFY(!cleanUp->isEnabled());
    QCOMPARE(cleanUp->toolTip(), u"Select a repository to clean it up."_s);
}

void TestCleanupCommands::asksAndThenCleansUp()
{
    m_test->open(app()); // A page that will have to change.
    CleanupPage &page = cleanedUp();
    QCOMPARE(text(page, u"cleanupSummary"_s), u"2 tags are gone."_s);
    QCOMPARE(m_registry->tags(u"team/app"_s), QStringList({u"latest"_s, u"x"_s}));
    QCOMPARE(m_journal->lines(),
             QStringList({u"begin 2 items"_s, u"0 deleted"_s, u"1 deleted"_s, u"end"_s}));
    child<QTabWidget>(m_test->window, u"pageTabs"_s).setCurrentIndex(0);
    const QString shown = treeText(*m_test->tags().model());
    QVERIFY(shown.contains("latest"_L1));
    QVERIFY(!shown.contains("pr-"_L1));
    QVERIFY(m_test->window.actions().undoDeletion->isEnabled());
}

void TestCleanupCommands::keepsTheRulesOfAConnection()
{
    plan();
    fillIn(*m_test->page<CleanupPage>(), u"patterns"_s, u"pr-7*"_s);
    m_test->open(m_registry->host() + "/other"_L1);
    m_test->window.actions().cleanUp->trigger();
    auto *page = m_test->page<CleanupPage>();
    QCOMPARE(page->title(), u"Clean up other"_s);
    QCOMPARE(page->rules().rules, QList<CleanupRule>{deleteNamed(u"pr-7*"_s)});
    QTRY_VERIFY(page->isLoaded());
}

void TestCleanupCommands::bringsBackWhatWasCleanedUp()
{
    CleanupPage &page = cleanedUp();
    press(page, u"restoreCleanup"_s);
    QDialog &dialog = awaitDialog(u"restoreDialog"_s);
    QTRY_VERIFY(child<QPushButton>(dialog, u"restore"_s).isEnabled());
    press(dialog, u"restore"_s);
    QTRY_COMPARE(m_registry->tags(u"team/app"_s).size(), qsizetype(4));
}

void TestCleanupCommands::doesNotComeBackAfterARestart()
{
    plan();
    QVERIFY(m_test->window.close());
    m_test.reset();
    m_test = std::make_unique<TestWindow>(m_folder->path(), m_journal);
    m_test->window.restoreTabs();
    m_test->waitUntilSettled();
    const auto &tabs = child<QTabWidget>(m_test->window, u"pageTabs"_s);
    QCOMPARE(tabs.count(), 1);
    QVERIFY(!qobject_cast<CleanupPage *>(tabs.widget(0)));
}

void TestCleanupCommands::isNotTornOffWhenItsTabIsClosed()
{
    CleanupPage &page = plan();
    HeldRequests held(*m_registry, "DELETE", u"/team/app/"_s);
    page.run();
    QTRY_COMPARE(held.count(), qsizetype(1));
    m_test->window.actions().closeTab->trigger();
    QCOMPARE(m_test->page<CleanupPage>(), &page);
    QVERIFY(text(page, u"messageText"_s).contains("Stop it first"_L1));
    child<QTabWidget>(m_test->window, u"pageTabs"_s).setCurrentIndex(0);
    QVERIFY(!m_test->window.close());
    QCOMPARE(m_test->page<CleanupPage>(), &page);
    press(page, u"stopCleanup"_s);
    held.release();
    QTRY_COMPARE(page.presenter().state(), CleanupPresenter::State::Done);
    QVERIFY(m_journal->lines().endsWith(u"end"_s));
    m_test->window.actions().closeTab->trigger();
    QTRY_VERIFY(!m_test->page<CleanupPage>());
}

void TestCleanupCommands::goesToItsEndWhenItsConnectionIsRemoved()
{
    CleanupPage &page = plan();
    HeldRequests held(*m_registry, "DELETE", u"/team/app/"_s);
    page.run();
    QTRY_COMPARE(held.count(), qsizetype(1));
    child<PageTabs>(m_test->window, u"pageTabs"_s).closeConnection(page.place().connectionId);
    QCOMPARE(m_test->page<CleanupPage>(), &page);
    held.release();
    QTRY_COMPARE(page.presenter().state(), CleanupPresenter::State::Done);
    QCOMPARE(m_journal->lines().last(), u"end"_s); // Nothing is left to be found at the next start.
    QCOMPARE(m_registry->count("DELETE"), qsizetype(2));
}

void TestCleanupCommands::undoesAllThatWentTogether()
{
    QTreeView &tree = m_test->registries();
    chooseRow(tree, u"team"_s);
    tree.setFocus();
    m_test->window.actions().cleanUp->trigger();
    auto *page = m_test->page<CleanupPage>();
    page->setRules({{}, {deleteNamed(u"pr-1"_s)}});
    QTRY_VERIFY(page->isLoaded());
    page->run();
    QTRY_COMPARE(page->presenter().state(), CleanupPresenter::State::Done);
    QCOMPARE(m_registry->tags(u"team/app"_s).size(), qsizetype(3));
    m_test->window.actions().undoDeletion->trigger(); // Two backups: not the last one alone.
    QDialog &dialog = awaitDialog(u"restoreDialog"_s);
    QTRY_VERIFY(child<QPushButton>(dialog, u"restore"_s).isEnabled());
    QCOMPARE(child<QTreeWidget>(dialog, u"restoreList"_s).topLevelItemCount(), 2);
    press(dialog, u"restore"_s);
    QTRY_VERIFY(child<QPushButton>(dialog, u"restore"_s).isHidden());
    QCOMPARE(m_registry->tags(u"team/app"_s).size(), qsizetype(4));
    QCOMPARE(m_registry->tags(u"team/web"_s).size(), qsizetype(4));
    QCOMPARE(m_journal->lines().mid(m_journal->lines().size() - 3),
             QStringList({u"begin 1 items"_s, u"0 restored"_s, u"end"_s}));
}

void TestCleanupCommands::isOffInProductionUntilChangesAreAllowed()
{
    SavedConnection connection = m_test->connections.connections().first();
    connection.isProduction = true;
    QVERIFY(m_test->connections.save(connection));
    m_test.reset();
    m_test = std::make_unique<TestWindow>(m_folder->path(), m_journal);
    m_test->open(app());
    m_test->window.actions().allowChanges->trigger();
    CleanupPage &page = plan();
    auto &button = child<QPushButton>(page, u"cleanUpNow"_s);
    QVERIFY(button.isEnabled());
    m_test->window.actions().allowChanges->trigger();
    QVERIFY(!button.isEnabled());
    QVERIFY(button.toolTip().contains("production"_L1));
    page.run(); // Whoever had it confirmed just now.
    QCOMPARE(page.presenter().state(), CleanupPresenter::State::Ready);
}

LONGSHORE_UI_TEST(TestCleanupCommands)
#include "tst_cleanupcommands.moc"
