// SPDX-License-Identifier: Apache-2.0
#include "support/modeltext.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/models/tagtreemodel.h"
#include "ui/pages/imagepage.h"
#include "ui/pages/repositorypage.h"
#include "ui/views/tagtreeview.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QStackedWidget>
#include <QTableView>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Ways into a registry: the dialog, the tree, names, tabs.
class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void beginsWithAWayToConnect();
    void connectsThroughTheDialogAfterATest();
    void opensARepositoryFromTheTree();
    void filtersTheRegistries();
    void showsOneTabForEachPlace();
    void opensPlacesByName();

private:
    [[nodiscard]] QStringList shownTags() const;
    [[nodiscard]] QString app() const { return m_registry->host() + "/team/app"_L1; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    const QDateTime first(QDate(2024, 1, 1), QTime(12, 0), Qt::UTC);
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.10"_s,
                         {.created = first.addDays(9), .layers = {QByteArray(5000, 'b')}});
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.9"_s, {.created = first});
    TestImages::addIndex(*m_registry, u"team/app"_s, u"latest"_s);
    TestImages::addImage(*m_registry, u"tools"_s, u"v1"_s);
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestMainWindow::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

QStringList TestMainWindow::shownTags() const
{
    QStringList tags;
    for (int row = 0; row < m_test->tags().model()->rowCount(); ++row)
        tags.append(m_test->tags().model()->index(row, 0).data().toString());
    return tags;
}

void TestMainWindow::beginsWithAWayToConnect()
{
    QVERIFY(child<QWidget>(m_test->window, u"startPage"_s).isVisible());
    QVERIFY(!m_test->window.actions().deleteTags->isEnabled());
    press(m_test->window, u"start_connectTo"_s);
    (void)awaitDialog(u"connectDialog"_s);
}

void TestMainWindow::connectsThroughTheDialogAfterATest()
{
    m_test->window.actions().connectTo->trigger();
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    fillIn(dialog, u"address"_s, m_registry->host());
    fillIn(dialog, u"name"_s, u"Home"_s);
    press(dialog, u"test"_s);
    const auto *steps = child<QListView>(dialog, u"connectionTest"_s).model();
    QTRY_VERIFY(steps->rowCount() == 6 && steps->index(5, 0).data().toString().contains(u'2'));
    QCOMPARE(steps->index(2, 0).data().toString(),
             u"Encrypted: no, this server speaks plain HTTP"_s);
    QCOMPARE(steps->index(3, 0).data().toString(), u"Registry: registry/2.0"_s);
    press(dialog, u"connect"_s);
    awaitNoDialog(u"connectDialog"_s);
    QTRY_COMPARE(treeText(*m_test->registries().model()), u"Home\n  team\n    app\n  tools"_s);
    QVERIFY(m_test->registries().isExpanded(m_test->registries().model()->index(0, 0)));
    QCOMPARE(m_test->connections.connections().size(), qsizetype(1));
    QTRY_VERIFY(child<QLabel>(m_test->window, u"connectionStatus"_s)
                    .text()
                    .startsWith(m_registry->host() + u" \u00b7 anonymous \u00b7 not encrypted"_s));
}

void TestMainWindow::opensARepositoryFromTheTree()
{
    m_test->connectTo(*m_registry);
    QTreeView &tree = m_test->registries();
    chooseRow(tree, u"team"_s);
    QTest::keyClick(&tree, Qt::Key_Right);
    chooseRow(tree, u"app"_s);
    QVERIFY(!m_test->page<RepositoryPage>());
    QTest::keyClick(&tree, Qt::Key_Return);
    QTRY_VERIFY(m_test->page<RepositoryPage>());
    m_test->waitUntilSettled();
    QCOMPARE(shownTags(), QStringList({u"1.9"_s, u"1.10"_s, u"latest"_s}));
    QCOMPARE(m_test->window.windowTitle(), u"team/app \u2013 Longshore"_s);
}

void TestMainWindow::filtersTheRegistries()
{
    m_test->connectTo(*m_registry);
    fillIn(m_test->window, u"filterRegistries"_s, u"app"_s);
    const QAbstractItemModel *model = m_test->registries().model();
    QTRY_COMPARE(treeText(*model), m_registry->host() + "\n  team\n    app"_L1);
    QVERIFY(m_test->registries().isExpanded(rowOf(m_test->registries(), u"team"_s)));
    fillIn(m_test->window, u"filterRegistries"_s, {});
    QTRY_COMPARE(treeText(*model), m_registry->host() + "\n  team\n    app\n  tools"_L1);
    QVERIFY(!m_test->registries().isExpanded(rowOf(m_test->registries(), u"team"_s)));
}

void TestMainWindow::showsOneTabForEachPlace()
{
    m_test->open(app());
    m_test->open(app() + ":1.9"_L1);
    m_test->open(app());
    const auto &tabs = child<QTabWidget>(m_test->window, u"pageTabs"_s);
    QCOMPARE(tabs.count(), 2);
    QCOMPARE(tabs.currentIndex(), 0);
    m_test->window.actions().nextTab->trigger();
    QCOMPARE(tabs.currentIndex(), 1);
    m_test->window.actions().up->trigger();
    QCOMPARE(tabs.currentIndex(), 0);
    m_test->window.actions().closeTab->trigger();
    QCOMPARE(tabs.count(), 1);
    press(*tabs.tabBar(), u"closeTabButton"_s);
    QTRY_VERIFY(child<QWidget>(m_test->window, u"startPage"_s).isVisible());
}

void TestMainWindow::opensPlacesByName()
{
    m_test->window.actions().openReference->trigger();
    QDialog &dialog = awaitDialog(u"openReferenceDialog"_s);
    auto *line = dialog.findChild<QLineEdit *>();
    QTest::keyClicks(line, u"not a reference"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(openDialogs(u"openReferenceDialog"_s) == 1
                && &awaitDialog(u"openReferenceDialog"_s) != &dialog);
    line = awaitDialog(u"openReferenceDialog"_s).findChild<QLineEdit *>();
    QTest::keyClicks(line, app() + ":1.10"_L1);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(m_test->page<ImagePage>());
    QCOMPARE(m_test->page<ImagePage>()->title(), u"team/app:1.10"_s);
}

LONGSHORE_UI_TEST(TestMainWindow)
#include "tst_mainwindow.moc"
