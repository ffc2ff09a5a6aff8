// SPDX-License-Identifier: Apache-2.0
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/models/tagtreemodel.h"
#include "ui/pages/imagepage.h"
#include "ui/pages/repositorypage.h"

#include <QApplication>
#include <QDirIterator>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What the window keeps from one time to the next, and what it must not keep.
class TestMainWindowRestart : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void bringsTheTabsBack();
    void bringsColumnsAndTheirOrderBack();
    void bringsDocksAndSizeBack();
    void bringsColoursBack();
    void keepsConnectionsOfThoseWhoCloseAllTabs();
    void storesNoSecret();
    void asksForThePasswordAgain();
    void resetsTheLayout();
    void startsWithSettingsThatAreNoSettings();
    void saysThatConnectionsWereUnreadable();
    void forgetsARemovedConnection();

private:
    /// Closes the window as a person does, and starts the program again.
    void restart();
    [[nodiscard]] QString app() const { return m_registry->host() + "/app"_L1; }
    [[nodiscard]] QTabWidget &tabs() const
    {
        return child<QTabWidget>(m_test->window, u"pageTabs"_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowRestart::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    const QDateTime first(QDate(2024, 1, 1), QTime(12, 0), Qt::UTC);
    TestImages::addImage(*m_registry, u"app"_s, u"a"_s, {.created = first, .layers = {"a"}});
    TestImages::addImage(*m_registry, u"app"_s, u"b"_s,
                         {.created = first.addDays(5), .layers = {"b"}});
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestMainWindowRestart::cleanup()
{
    m_test.reset();
    m_registry.reset();
    QApplication::setPalette(QPalette());
}

void TestMainWindowRestart::restart()
{
    QVERIFY(m_test->window.close());
    m_test.reset();
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->window.restoreTabs();
    m_test->waitUntilSettled();
}

void TestMainWindowRestart::bringsTheTabsBack()
{
    m_test->open(app() + ":b"_L1);
    m_test->open(app());
    const Digest digest = TestImages::addImage(*m_registry, u"app"_s, u"c"_s);
    m_test->open(app() + u'@' + digest.toString());
    restart();
    QStringList titles;
    for (int i = 0; i < tabs().count(); ++i)
        titles.append(qobject_cast<Page *>(tabs().widget(i))->title());
    QCOMPARE(titles, QStringList({u"app:b"_s, u"app"_s, QString("app@"_L1 + digest.shortText())}));
}

void TestMainWindowRestart::bringsColumnsAndTheirOrderBack()
{
    m_test->open(app());
    QHeaderView *header = m_test->tags().header();
    header->resizeSection(TagTreeModel::NameColumn, 321);
    header->moveSection(TagTreeModel::DigestColumn, 1);
    m_test->tags().sortByColumn(TagTreeModel::CreatedColumn, Qt::DescendingOrder);
    restart();
    header = m_test->tags().header();
    QCOMPARE(header->sectionSize(TagTreeModel::NameColumn), 321);
    QCOMPARE(header->visualIndex(TagTreeModel::DigestColumn), 1);
    QCOMPARE(header->sortIndicatorSection(), int(TagTreeModel::CreatedColumn));
    QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
}

void TestMainWindowRestart::bringsDocksAndSizeBack()
{
    m_test->window.resize(1010, 640);
    child<QDockWidget>(m_test->window, u"detailsDock"_s).hide();
    auto &registries = child<QDockWidget>(m_test->window, u"registriesDock"_s);
    m_test->window.addDockWidget(Qt::RightDockWidgetArea, &registries);
    restart();
    QCOMPARE(m_test->window.size(), QSize(1010, 640));
    QVERIFY(!child<QDockWidget>(m_test->window, u"detailsDock"_s).isVisible());
    QCOMPARE(
        m_test->window.dockWidgetArea(&child<QDockWidget>(m_test->window, u"registriesDock"_s)),
        Qt::RightDockWidgetArea);
}

void TestMainWindowRestart::bringsColoursBack()
{
    const auto isDark = [] { return QApplication::palette().window().color().lightness() < 128; };
    m_test->window.actions().themeDark->trigger();
    QVERIFY(isDark());
    m_test->window.actions().themeLight->trigger();
    QVERIFY(!isDark());
    m_test->window.actions().themeDark->trigger();
    QApplication::setPalette(QPalette());
    restart();
    QVERIFY(isDark());
    QVERIFY(m_test->window.actions().themeDark->isChecked());
}

void TestMainWindowRestart::keepsConnectionsOfThoseWhoCloseAllTabs()
{
    m_test->open(app());
    m_test->window.actions().closeTab->trigger();
    restart();
    QCOMPARE(tabs().count(), 0);
    m_registry->forgetRequests();
    const QModelIndex row = rowOf(m_test->registries(), m_registry->host());
    QVERIFY(m_registry->requests().isEmpty()); // Nothing is connected before somebody asks.
    m_test->registries().expand(row);
    QTRY_COMPARE(m_test->registries().model()->rowCount(row), 1);
}

void TestMainWindowRestart::storesNoSecret()
{
    m_registry->behaviour = {
        .signIn = FakeRegistry::SignIn::Bearer, .user = "somebody", .password = "hunter2-sekret"};
    m_test->window.actions().connectTo->trigger();
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    fillIn(dialog, u"address"_s, m_registry->host());
    fillIn(dialog, u"user"_s, u"somebody"_s);
    fillIn(dialog, u"password"_s, u"hunter2-sekret"_s);
    press(dialog, u"connect"_s);
    awaitNoDialog(u"connectDialog"_s);
    m_test->open(app() + ":a"_L1);
    QVERIFY(m_test->page<ImagePage>());
    QVERIFY(m_test->window.close());
    m_test.reset();
    int count = 0;
    for (const QString &folder : {m_folder->path(), QDir::homePath()}) {
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll();
            QVERIFY2(!content.contains("sekret") && !content.contains("token-")
                         && !content.contains(QByteArray("somebody:hunter2-sekret").toBase64()),
                     qPrintable(file.fileName()));
            ++count;
        }
    }
    QVERIFY(count >= 2); // The connections and the window.
}

void TestMainWindowRestart::asksForThePasswordAgain()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::Basic;
    m_test->window.openText(app());
    QDialog &first = awaitDialog(u"connectDialog"_s);
    fillIn(first, u"user"_s, u"user"_s);
    fillIn(first, u"password"_s, u"secret"_s);
    press(first, u"connect"_s);
    awaitNoDialog(u"connectDialog"_s);
    m_test->open(app());
    QVERIFY(m_test->window.close());
    m_test.reset();
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->window.restoreTabs();
    QDialog &again = awaitDialog(u"connectDialog"_s);
    QCOMPARE(child<QLineEdit>(again, u"user"_s).text(), u"user"_s);
    fillIn(again, u"password"_s, u"secret"_s);
    press(again, u"connect"_s);
    QTRY_VERIFY(m_test->page<RepositoryPage>());
    QTRY_COMPARE(m_test->tags().model()->rowCount(), 2);
}

void TestMainWindowRestart::resetsTheLayout()
{
    auto &details = child<QDockWidget>(m_test->window, u"detailsDock"_s);
    details.hide();
    m_test->window.addDockWidget(Qt::BottomDockWidgetArea, &details);
    m_test->window.actions().resetLayout->trigger();
    QVERIFY(details.isVisible());
    QCOMPARE(m_test->window.dockWidgetArea(&details), Qt::RightDockWidgetArea);
}

void TestMainWindowRestart::startsWithSettingsThatAreNoSettings()
{
    m_test.reset();
    QFile file(m_folder->filePath(u"window.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[window]\ntabs=nobody a/b x, ,\\x0 //\ngeometry=1\nstate=@ByteArray(\\x1)\n"
               "[columns]\ntags=rubbish\nlayers=@Invalid()\n");
    file.close();
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->window.restoreTabs();
    m_test->open(app());
    QCOMPARE(m_test->tags().model()->rowCount(), 2);
}

void TestMainWindowRestart::saysThatConnectionsWereUnreadable()
{
    m_test.reset();
    QFile file(m_folder->filePath(u"connections.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{ not json") > 0);
    file.close();
    m_test = std::make_unique<TestWindow>(m_folder->path());
    const auto &text = child<QLabel>(*m_test->window.centralWidget(), u"messageText"_s);
    QVERIFY(text.isVisible());
    QVERIFY(!text.text().isEmpty());
}

void TestMainWindowRestart::forgetsARemovedConnection()
{
    m_test->open(app());
    chooseRow(m_test->registries(), m_registry->host());
    m_test->window.actions().removeConnection->trigger();
    QDialog &dialog = awaitDialog(u"removeConnectionDialog"_s);
    QTest::keyClick(&dialog, Qt::Key_Return); // Cancel is the default here too.
    awaitNoDialog(u"removeConnectionDialog"_s);
    QCOMPARE(m_test->connections.connections().size(), qsizetype(1));
    m_test->window.actions().removeConnection->trigger();
    press(awaitDialog(u"removeConnectionDialog"_s), u"remove"_s);
    QTRY_COMPARE(tabs().count(), 0);
    restart();
    QCOMPARE(m_test->registries().model()->rowCount(), 0);
}

LONGSHORE_UI_TEST(TestMainWindowRestart)
#include "tst_mainwindow_restart.moc"
