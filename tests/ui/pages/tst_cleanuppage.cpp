// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/heldrequests.h"
#include "support/modeltext.h"
#include "support/testimages.h"
#include "support/testinventory.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/pages/cleanuppage.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace TestInventory;

class TestCleanupPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsWhatTheRulesMean();
    void reactsWhileSomebodyTypes();
    void deletesNothingByRulesWithAFault();
    void letsAPersonDecideAboutTags();
    void asksBeforeARepositoryBecomesEmpty();
    void narrowsTheList();
    void asksBeforeItDeletes();
    void showsEverythingBeforeItAsks();
    void keepsItsBoxesWhenNobodyAgrees();
    void deletesAndSaysWhatBecameOfIt();
    void saysWhyTheRepositoryCannotBeRead();
    void saysThatThereIsNothing();
    void canBeStoppedWhileItReads();
    void canBeUsedByEverybody();

private:
    void open(const QList<CleanupRule> &rules);
    void settle() const;
    [[nodiscard]] QString text(const QString &label) const
    {
        return child<QLabel>(*m_page, label).text();
    }
    [[nodiscard]] QPushButton &button() const
    {
        return child<QPushButton>(*m_page, u"cleanUpNow"_s);
    }
    [[nodiscard]] QTreeView &list() const { return child<QTreeView>(*m_page, u"cleanupList"_s); }
    /// "tag | decision", a line for each.
    [[nodiscard]] QString rows() const { return treeText(*list().model(), 2); }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<CleanupPage> m_page;
};

void TestCleanupPage::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    const Digest latest = TestImages::addImage(*m_registry, u"app"_s, u"latest"_s);
    m_registry->setTag(u"app"_s, u"1.0"_s, latest);
    for (const QString &tag : {u"pr-1"_s, u"pr-2"_s, u"x"_s})
        TestImages::addImage(*m_registry, u"app"_s, tag, {.layers = {tag.toLatin1()}});
    const auto app = *RepositoryName::parse(u"app");
    m_page = std::make_unique<CleanupPage>(
        Place{u"1"_s, app, {}, {app}},
        std::make_shared<RegistrySession>(m_network, *RegistryAddress::parse(m_registry->host()),
                                          u"http"_s));
    m_page->resize(1000, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestCleanupPage::cleanup()
{
    m_page.reset();
    m_registry.reset();
}

void TestCleanupPage::open(const QList<CleanupRule> &rules)
{
    m_page->setRules({{}, rules});
    m_page->reload();
    settle();
}

void TestCleanupPage::settle() const
{
    if (!QTest::qWaitFor([&] { return m_page->isLoaded(); }, 20'000))
        qFatal("the page does not settle");
}

void TestCleanupPage::showsWhatTheRulesMean()
{
    open({protect(u"latest"_s), deleteNamed(u"pr-*"_s)});
    QCOMPARE(rows(), u"1.0 | Left alone\nlatest | Protected\npr-1 | Delete\npr-2 | Delete\n"
                     "x | Left alone"_s);
    QCOMPARE(text(u"cleanupSummary"_s), u"2 of 5 tags go."_s);
    QVERIFY(text(u"cleanupSpace"_s).startsWith("2 manifests are removed. "_L1));
    QVERIFY(text(u"cleanupSpace"_s).contains(" That is "_L1)); // How long it takes.
    QCOMPARE(button().text(), u"Back Up and &Delete 2 Tags\u2026"_s);
    QVERIFY(button().isEnabled());
    const auto counts = m_page->findChildren<QLabel *>(u"ruleCount"_s);
    QCOMPARE(counts.first()->text(), u"1 tag"_s);
    QCOMPARE(counts.last()->text(), u"2 tags"_s);
}

void TestCleanupPage::reactsWhileSomebodyTypes()
{
    open({deleteNamed(u"pr-1"_s)});
    QSignalSpy changed(m_page.get(), &CleanupPage::rulesChanged);
    QCOMPARE(text(u"cleanupSummary"_s), u"1 of 5 tags go."_s);
    fillIn(*m_page, u"patterns"_s, u"pr-*, x"_s);
    QTRY_COMPARE(text(u"cleanupSummary"_s), u"3 of 5 tags go."_s);
    QVERIFY(!changed.isEmpty());
    fillIn(*m_page, u"patterns"_s, u"nothing"_s);
    QTRY_COMPARE(text(u"cleanupSummary"_s), u"No tag goes; 5 tags stay."_s);
    QVERIFY(!button().isEnabled());
    QCOMPARE(button().toolTip(), u"No tag goes by these rules."_s);
}

void TestCleanupPage::deletesNothingByRulesWithAFault()
{
    open({deleteNamed(u"pr-1"_s)});
    child<QCheckBox>(*m_page, u"isExpression"_s).setChecked(true);
    fillIn(*m_page, u"patterns"_s, u"pr-(1"_s);
    QVERIFY(!button().isEnabled());
    QVERIFY(child<QLabel>(*m_page, u"conditionFault"_s).isVisible());
    settle();
    QVERIFY(!button().isEnabled()); // Whatever was decided meanwhile.
    fillIn(*m_page, u"patterns"_s, u"pr-(1|2)"_s);
    QTRY_VERIFY(button().isEnabled());
    QCOMPARE(button().text(), u"Back Up and &Delete 2 Tags\u2026"_s);
}

void TestCleanupPage::letsAPersonDecideAboutTags()
{
    open({deleteNamed(u"pr-*"_s)});
    chooseRow(list(), u"pr-1"_s);
    QTest::keyClick(&list(), Qt::Key_Plus);
    QTRY_VERIFY(rows().contains("pr-1 | Keep\n"_L1));
    QCOMPARE(m_page->details().at(1).value, u"Keep"_s); // It is still the row that is selected.
    chooseRow(list(), u"x"_s);
    QTest::keyClick(&list(), Qt::Key_Minus);
    QTRY_VERIFY(rows().contains("x | Delete"_L1));
    chooseRow(list(), u"pr-1"_s);
    QTest::keyClick(&list(), Qt::Key_Equal);
    QTRY_VERIFY(rows().contains("pr-1 | Delete\n"_L1));
}

void TestCleanupPage::asksBeforeARepositoryBecomesEmpty()
{
    open({deleteTheRest()});
    QVERIFY(rows().contains("latest | Blocked\n"_L1));
    QVERIFY(!button().isEnabled());
    auto &box = child<QCheckBox>(*m_page, u"mayEmpty"_s);
    QCOMPARE(box.text(), u"app may lose its last image"_s);
    QVERIFY(!box.isChecked());
    QTest::keyClick(&box, Qt::Key_Space);
    QTRY_VERIFY(rows().contains("latest | Delete\n"_L1));
    QVERIFY(button().isEnabled());
}

void TestCleanupPage::narrowsTheList()
{
    open({deleteNamed(u"pr-*"_s)});
    auto &chip = child<QToolButton>(*m_page, u"chip0"_s);
    QCOMPARE(chip.text(), u"Delete 2"_s);
    QTest::mouseClick(&chip, Qt::LeftButton);
    QCOMPARE(rows(), u"pr-1 | Delete\npr-2 | Delete"_s);
    fillIn(*m_page, u"filterDecisions"_s, u"2"_s);
    QTRY_COMPARE(rows(), u"pr-2 | Delete"_s);
    QCOMPARE(text(u"cleanupSummary"_s), u"2 of 5 tags go."_s); // Hidden is not kept.
}

void TestCleanupPage::asksBeforeItDeletes()
{
    open({deleteNamed(u"pr-*"_s)});
    QSignalSpy asked(m_page.get(), &CleanupPage::confirmationRequested);
    press(*m_page, u"cleanUpNow"_s);
    QVERIFY(!button().isEnabled()); // It looks for signatures first.
    QTRY_COMPARE(asked.size(), qsizetype(1));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
    QVERIFY(button().isEnabled());
}

void TestCleanupPage::showsEverythingBeforeItAsks()
{
    open({deleteNamed(u"pr-*"_s)});
    fillIn(*m_page, u"filterDecisions"_s, u"pr-1"_s);
    QTRY_COMPARE(rows(), u"pr-1 | Delete"_s);
    press(*m_page, u"cleanUpNow"_s);
    QVERIFY(rows().contains("pr-2 | Delete"_L1));
}

void TestCleanupPage::keepsItsBoxesWhenNobodyAgrees()
{
    open({deleteTheRest()});
    auto &box = child<QCheckBox>(*m_page, u"mayEmpty"_s);
    box.setFocus();
    QTest::keyClick(&box, Qt::Key_Space);
    QTRY_VERIFY(button().isEnabled());
    QVERIFY(box.hasFocus()); // It is still the same one.
    QSignalSpy asked(m_page.get(), &CleanupPage::confirmationRequested);
    press(*m_page, u"cleanUpNow"_s);
    QVERIFY(!box.isEnabled());
    QTRY_COMPARE(asked.size(), qsizetype(1));
    QVERIFY(box.isEnabled());
    QTest::keyClick(&box, Qt::Key_Space);
    QTRY_VERIFY(!button().isEnabled());
}

void TestCleanupPage::deletesAndSaysWhatBecameOfIt()
{
    open({deleteNamed(u"pr-*"_s)});
    QSignalSpy cleaned(m_page.get(), &CleanupPage::cleaned);
    HeldRequests held(*m_registry, "DELETE", {});
    m_page->run();
    QTRY_COMPARE(held.count(), qsizetype(1));
    QVERIFY(child<QPushButton>(*m_page, u"stopCleanup"_s).isVisible());
    QVERIFY(!child<QWidget>(*m_page, u"rulesPanel"_s).isEnabled());
    const QString step = text(u"cleanupStep"_s);
    press(*m_page, u"pauseRun"_s);
    QCOMPARE(text(u"cleanupStep"_s), u"Paused"_s);
    press(*m_page, u"resumeRun"_s);
    QVERIFY(step.startsWith("Deleting from "_L1));
    QCOMPARE(text(u"cleanupStep"_s), step);
    held.release();
    QTRY_COMPARE(cleaned.size(), qsizetype(1));
    QCOMPARE(text(u"cleanupSummary"_s), u"2 tags are gone."_s);
    QVERIFY(rows().contains("pr-1 | Deleted\npr-2 | Deleted\n"_L1));
    QVERIFY(!button().isVisible());
    for (const QString &name : {u"restoreCleanup"_s, u"openBackup"_s, u"planAgain"_s})
        QVERIFY(child<QPushButton>(*m_page, name).isVisible());
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"latest"_s, u"x"_s}));
    m_page->reload(); // F5 does not take the report away.
    QCOMPARE(m_page->presenter().state(), CleanupPresenter::State::Done);
    press(*m_page, u"planAgain"_s);
    QTRY_COMPARE(text(u"cleanupSummary"_s), u"No tag goes; 3 tags stay."_s);
    QCOMPARE(cleaned.size(), qsizetype(1));
}

void TestCleanupPage::saysWhyTheRepositoryCannotBeRead()
{
    m_registry->failNext("GET", u"/tags/list"_s, registryRefusal(403, "DENIED", "you may not look"),
                         9);
    open({deleteTheRest()});
    QVERIFY(text(u"placeholderText"_s).contains("you may not look"_L1));
    QVERIFY(!button().isEnabled());
    m_registry->forgetInterceptors();
    press(*m_page, u"retryButton"_s);
    QTRY_VERIFY(list().isVisible());
}

void TestCleanupPage::saysThatThereIsNothing()
{
    for (const QString &tag : m_registry->tags(u"app"_s))
        m_registry->removeTag(u"app"_s, tag);
    open({deleteTheRest()});
    QCOMPARE(text(u"placeholderHeadline"_s), u"No tags."_s);
    QVERIFY(!button().isEnabled());
}

void TestCleanupPage::canBeStoppedWhileItReads()
{
    HeldRequests held(*m_registry, "GET", u"/tags/list"_s);
    m_page->reload();
    QTRY_COMPARE(held.count(), qsizetype(1));
    press(*m_page, u"stopReadingButton"_s);
    QTRY_COMPARE(text(u"placeholderHeadline"_s), u"Stopped before everything was read."_s);
    held.release();
    press(*m_page, u"retryButton"_s);
    QTRY_VERIFY(list().isVisible());
}

void TestCleanupPage::canBeUsedByEverybody()
{
    open({protect(u"latest"_s), keepNewest(1), deleteTheRest()});
    const QStringList complaints = WidgetChecks::complaintsAbout(*m_page);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
}

LONGSHORE_UI_TEST(TestCleanupPage)
#include "tst_cleanuppage.moc"
