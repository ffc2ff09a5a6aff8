// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/modeltext.h"
#include "support/snapshot.h"
#include "support/testimages.h"
#include "support/testinventory.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/pages/cleanuppage.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace TestInventory;

/// The list of a clean-up: what narrows and groups it, what a person decides in it about a whole image,
/// and what it says when something has failed.
class TestCleanupPageTable : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void narrowsTheListToOneReason();
    void putsTheTagsOfOneImageTogether();
    void deletesAnImageWithAllItsTagsWhereSomebodySaysSo();
    void saysWhatTheServerAnsweredAndTriesThatAgain();

private:
    void open(const QString &deleted);
    void settle() const;
    [[nodiscard]] QTreeView &list() const { return child<QTreeView>(*m_page, u"cleanupList"_s); }
    /// "tag | decision", a line for each.
    [[nodiscard]] QString rows() const { return treeText(*list().model(), 2); }
    void run();

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<CleanupPage> m_page;
};

/// "latest" and "pr-2" are one image.
void TestCleanupPageTable::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    const Digest latest = TestImages::addImage(*m_registry, u"app"_s, u"latest"_s);
    m_registry->setTag(u"app"_s, u"pr-2"_s, latest);
    for (const QString &tag : {u"pr-1"_s, u"pr-3"_s, u"x"_s})
        TestImages::addImage(*m_registry, u"app"_s, tag, {.layers = {tag.toLatin1()}});
    const auto app = *RepositoryName::parse(u"app");
    HttpSettings settings;
    settings.retry.attempts = 1;
    m_page = std::make_unique<CleanupPage>(
        Place{u"1"_s, app, {}, {app}},
        std::make_shared<RegistrySession>(m_network, *RegistryAddress::parse(m_registry->host()),
                                          u"http"_s, settings));
    m_page->resize(1100, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    open(u"pr-*"_s);
}

void TestCleanupPageTable::cleanup()
{
    m_page.reset();
    m_registry.reset();
}

void TestCleanupPageTable::open(const QString &deleted)
{
    m_page->setRules({{}, {deleteNamed(deleted)}});
    m_page->reload();
    settle();
}

void TestCleanupPageTable::settle() const
{
    if (!QTest::qWaitFor([&] { return m_page->isLoaded(); }, 20'000))
        qFatal("the page does not settle");
}

void TestCleanupPageTable::run()
{
    m_page->run();
    QTRY_COMPARE(m_page->presenter().state(), CleanupPresenter::State::Done);
}

void TestCleanupPageTable::narrowsTheListToOneReason()
{
    auto &reasons = child<QComboBox>(*m_page, u"reasonFilter"_s);
    QCOMPARE(reasons.itemText(0), u"All Reasons"_s);
    QCOMPARE(reasons.count(), 4);
    const int shared = reasons.findText(u"shares its image with a tag that stays 1"_s);
    QVERIFY(shared > 0);
    reasons.setCurrentIndex(shared);
    QCOMPARE(rows(), u"pr-2 | Keep"_s);
    fillIn(*m_page, u"patterns"_s, u"pr-1"_s);
    QTRY_COMPARE(reasons.currentText(), u"shares its image with a tag that stays 0"_s);
    QCOMPARE(rows(), QString());
    reasons.setCurrentIndex(0);
    QCOMPARE(list().model()->rowCount(), 5);
}

void TestCleanupPageTable::putsTheTagsOfOneImageTogether()
{
    press(*m_page, u"groupByImage"_s);
    QCOMPARE(rows(), u"latest | Left alone\npr-2 | Keep\npr-1 | Delete\npr-3 | Delete\n"
                     "x | Left alone"_s);
    snap(*m_page, u"cleanup-grouped"_s);
    QCOMPARE(WidgetChecks::complaintsAbout(*m_page), QStringList());
    press(*m_page, u"groupByImage"_s);
    QVERIFY(rows().startsWith("latest | Left alone\npr-1"_L1));
}

void TestCleanupPageTable::deletesAnImageWithAllItsTagsWhereSomebodySaysSo()
{
    fillIn(*m_page, u"filterDecisions"_s, u"pr-2"_s); // The other tag of the image is out of sight.
    QTRY_COMPARE(list().model()->rowCount(), 1);
    chooseRow(list(), u"pr-2"_s);
    child<QAction>(*m_page, u"chooseImage"_s).trigger();
    QTRY_COMPARE(rows(), u"latest | Delete\npr-1 | Delete\npr-2 | Delete\npr-3 | Delete\n"
                         "x | Left alone"_s);
    QVERIFY(m_page->presenter().plan().rows.first().choice == CleanupRow::Choice::Delete);
    run();
    QCOMPARE(m_registry->tags(u"app"_s), QStringList{u"x"_s});
}

void TestCleanupPageTable::saysWhatTheServerAnsweredAndTriesThatAgain()
{
    const auto isHidden = [this](int column) { return list().isColumnHidden(column); };
    QVERIFY(isHidden(CleanupTableModel::StatusColumn));
    QVERIFY(!child<QPushButton>(*m_page, u"retryFailed"_s).isVisible());
    m_registry->failNext("DELETE", u"/manifests/"_s, registryRefusal(500, "UNKNOWN", "<b>no</b>"));
    run();
    QVERIFY(!isHidden(CleanupTableModel::StatusColumn));
    QVERIFY(!isHidden(CleanupTableModel::ServerColumn));
    const QString result = treeText(*list().model(), CleanupTableModel::ColumnCount);
    QVERIFY2(result.contains("500 | UNKNOWN"_L1) && result.contains("<b>no</b>"_L1),
             qPrintable(result));
    snap(*m_page, u"cleanup-failed"_s);
    const QStringList left = m_registry->tags(u"app"_s);
    QCOMPARE(left.size(), qsizetype(4)); // One of the two is gone.
    TestImages::addImage(*m_registry, u"app"_s, u"pr-9"_s, {.layers = {"new"}});
    m_registry->failNext("GET", u"/tags/list"_s, registryRefusal(403, "DENIED", "not now"), 9);
    press(*m_page, u"retryFailed"_s);
    QTRY_COMPARE(m_page->presenter().state(), CleanupPresenter::State::Failed);
    m_registry->forgetInterceptors();
    m_page->reload(); // It is for the same.
    settle();
    QVERIFY(isHidden(CleanupTableModel::StatusColumn));
    QCOMPARE(child<QLabel>(*m_page, u"cleanupSummary"_s).text(), u"1 of 5 tags go."_s);
    QVERIFY(rows().contains("pr-9 | Keep"_L1)); // Nobody has seen it fail.
    QVERIFY(child<QLabel>(*m_page, u"messageText"_s).text().startsWith("Only what failed"_L1));
    run();
    QVERIFY(!child<QLabel>(*m_page, u"messageText"_s).isVisible()); // That was about the plan.
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"latest"_s, u"pr-2"_s, u"pr-9"_s, u"x"_s}));
    m_page->reload();
    press(*m_page, u"planAgain"_s);
    settle();
    QVERIFY(rows().contains("pr-9 | Delete"_L1)); // Everything may go again.
}

LONGSHORE_UI_TEST(TestCleanupPageTable)
#include "tst_cleanuppage_table.moc"
