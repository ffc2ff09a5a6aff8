// SPDX-License-Identifier: Apache-2.0
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/models/tagtreemodel.h"
#include "ui/pages/repositorypage.h"

#include <QHeaderView>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What a window keeps that was never closed properly, or whose registry was away.
class TestWindowMemory : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void savesAMomentAfterAChange();
    void keepsTheTabsOfARegistryThatIsAway();
    void forgetsTheTabsOfARemovedConnection();
    void sortsAsTheHeaderShows();

private:
    void restart();
    [[nodiscard]] QString app() const { return m_registry->host() + "/app"_L1; }
    [[nodiscard]] QString firstTag() const
    {
        return m_test->tags().model()->index(0, TagTreeModel::NameColumn).data().toString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestWindowMemory::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    for (const QString &tag : {u"a"_s, u"b"_s, u"c"_s})
        TestImages::addImage(*m_registry, u"app"_s, tag);
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->window.show();
}

void TestWindowMemory::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestWindowMemory::restart()
{
    QVERIFY(m_test->window.close());
    m_test.reset();
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->window.restoreTabs();
    m_test->waitUntilSettled();
}

void TestWindowMemory::savesAMomentAfterAChange()
{
    m_test->open(app());
    m_test->window.resize(1001, 651);
    QTRY_COMPARE(m_test->settings.openTabs().size(), qsizetype(1));
    QTRY_COMPARE(m_test->settings.geometry(), m_test->window.saveGeometry());
}

void TestWindowMemory::keepsTheTabsOfARegistryThatIsAway()
{
    m_test->open(app());
    m_registry->failNext("GET", u"/v2/"_s, {503}, 1);
    restart();
    QVERIFY(!m_test->page<RepositoryPage>());
    m_registry->failNext("GET", u"/v2/"_s, {503}, 1);
    restart(); // Away for another day.
    QVERIFY(!m_test->page<RepositoryPage>());
    m_test->connectTo(*m_registry);
    QTRY_VERIFY(m_test->page<RepositoryPage>());
    QCOMPARE(m_test->page<RepositoryPage>()->title(), u"app"_s);
}

void TestWindowMemory::forgetsTheTabsOfARemovedConnection()
{
    m_test->open(app());
    m_registry->failNext("GET", u"/v2/"_s, {503}, 1);
    restart();
    chooseRow(m_test->registries(), m_registry->host());
    m_test->window.actions().removeConnection->trigger();
    press(awaitDialog(u"removeConnectionDialog"_s), u"remove"_s);
    awaitNoDialog(u"removeConnectionDialog"_s);
    QVERIFY(m_test->window.close());
    QCOMPARE(m_test->settings.openTabs(), QStringList());
}

void TestWindowMemory::sortsAsTheHeaderShows()
{
    m_test->open(app());
    m_test->tags().sortByColumn(TagTreeModel::NameColumn, Qt::DescendingOrder);
    QCOMPARE(firstTag(), u"c"_s);
    restart();
    QCOMPARE(m_test->tags().header()->sortIndicatorOrder(), Qt::DescendingOrder);
    QCOMPARE(firstTag(), u"c"_s);
    // What is selected is what stands first, wherever the server named it.
    QCOMPARE(m_test->tags().selectionModel()->selectedRows().size(), qsizetype(1));
    QCOMPARE(m_test->tags().currentIndex().row(), 0);
}

LONGSHORE_UI_TEST(TestWindowMemory)
#include "tst_windowmemory.moc"
