// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/heldrequests.h"
#include "support/hostiletext.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/pages/repositorypage.h"
#include "ui/views/messagebar.h"
#include "ui/views/tagtreeview.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// What the journeys of the window do not show.
class TestRepositoryPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void saysThatTheFilterHidesEverything();
    void keepsSayingWhyThereIsNoListWhileSomebodyTypes();
    void saysThatItWasStopped();
    void keepsTheSelectionOverAReload();
    void readsTheWordsOfAServerAsText();
    void namesWhatItLeavesOut();
    void titlesItselfByItsPlace();

private:
    void open();
    [[nodiscard]] QString text(const QString &label) const
    {
        return child<QLabel>(*m_page, label).text();
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
    std::unique_ptr<RepositoryPage> m_page;
};

void TestRepositoryPage::init()
{
    m_registry = std::make_unique<FakeRegistry>();
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
    m_page = std::make_unique<RepositoryPage>(Place{u"1"_s, *RepositoryName::parse(u"team/app")},
                                              m_session);
    m_page->show();
}

void TestRepositoryPage::cleanup()
{
    m_page.reset();
    m_session.reset();
    m_registry.reset();
}

void TestRepositoryPage::open()
{
    m_page->reload();
    QTRY_VERIFY(m_page->isLoaded());
}

void TestRepositoryPage::saysThatTheFilterHidesEverything()
{
    TestImages::addImage(*m_registry, u"team/app"_s, u"1"_s);
    TestImages::addImage(*m_registry, u"team/app"_s, u"2"_s);
    open();
    fillIn(*m_page, u"filterTags"_s, u"nothing"_s);
    QTRY_COMPARE(text(u"placeholderHeadline"_s), u"No tag matches."_s);
    QCOMPARE(text(u"placeholderText"_s), u"2 tags are hidden by the filter."_s);
    QCOMPARE(text(u"coverage"_s).section(u" \u00b7 "_s, 0, 0), u"0 of 2 tags"_s);
    press(*m_page, u"clearFilterButton"_s);
    QTRY_VERIFY(m_page->tags().isVisible());
    QCOMPARE(child<QLineEdit>(*m_page, u"filterTags"_s).text(), QString());
}

void TestRepositoryPage::keepsSayingWhyThereIsNoListWhileSomebodyTypes()
{
    m_registry->failNext("GET", u"/tags/list"_s, {403, {}, {}}, 9);
    open();
    const QString headline = text(u"placeholderHeadline"_s);
    const auto &filter = child<QLineEdit>(*m_page, u"filterTags"_s);
    QSignalSpy filtered(&filter, SIGNAL(filterChanged(QString)));
    fillIn(*m_page, u"filterTags"_s, u"x"_s);
    QTRY_COMPARE(filtered.size(), qsizetype(1));
    QCOMPARE(text(u"placeholderHeadline"_s), headline);
    QVERIFY(child<QWidget>(*m_page, u"signInButton"_s).isVisible());
}

void TestRepositoryPage::saysThatItWasStopped()
{
    HeldRequests held(*m_registry, "GET", u"/tags/list"_s);
    TestImages::addImage(*m_registry, u"team/app"_s, u"1"_s);
    m_page->reload();
    QTRY_COMPARE(held.count(), qsizetype(1));
    press(*m_page, u"stopListingButton"_s);
    QTRY_COMPARE(text(u"placeholderHeadline"_s), u"Stopped before the first tag came."_s);
    held.release();
    press(*m_page, u"retryButton"_s);
    QTRY_VERIFY(m_page->tags().isVisible());
}

void TestRepositoryPage::keepsTheSelectionOverAReload()
{
    for (const QString &tag : {u"1"_s, u"2"_s, u"3"_s, u"4"_s})
        TestImages::addImage(*m_registry, u"team/app"_s, tag);
    open();
    auto &tree = m_page->tags();
    tree.clearSelection();
    for (const int row : {3, 2, 1})
        tree.selectionModel()->setCurrentIndex(
            tree.model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    m_registry->removeTag(u"team/app"_s, u"3"_s);
    open();
    QCOMPARE(m_page->selectedTags(), (QList<Tag>{*Tag::parse(u"4"), *Tag::parse(u"2")}));
    QCOMPARE(tree.currentIndex().row(), 1);
    m_registry->removeTag(u"team/app"_s, u"2"_s);
    m_registry->removeTag(u"team/app"_s, u"4"_s);
    open();
    QCOMPARE(m_page->selectedTags(), QList<Tag>{*Tag::parse(u"1")}); // The first, if none is left.
}

void TestRepositoryPage::readsTheWordsOfAServerAsText()
{
    for (const QString &sample : HostileText::samples()) {
        m_registry->failNext("GET", u"/tags/list"_s,
                             registryRefusal(403, "<b>CODE</b>", sample.toUtf8()));
        m_page->reload();
        QTRY_VERIFY(m_page->isLoaded());
        QVERIFY(text(u"placeholderText"_s).contains("<b>CODE</b>"_L1));
        for (const QString &label : {u"placeholderHeadline"_s, u"placeholderText"_s}) {
            const QString complaint = HostileText::complaintAbout(text(label).remove(u'\n'));
            QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
        }
        QVERIFY(m_page->minimumSizeHint().width() < 800);
    }
    QCOMPARE(WidgetChecks::labelsWithMarkup(*m_page), QStringList());
}

void TestRepositoryPage::namesWhatItLeavesOut()
{
    // LST-12
    m_registry->failNext("GET", u"/tags/list"_s, {200, R"({"tags":["../up","<b>x</b>\u202e"]})"});
    open();
    const QString shown = child<MessageBar>(*m_page, u"messageBar"_s).text();
    QVERIFY2(shown.contains("../up\n<b>x</b>\\u{202E}"_L1), qPrintable(shown));
    QCOMPARE(WidgetChecks::labelsWithMarkup(*m_page), QStringList());
}

void TestRepositoryPage::titlesItselfByItsPlace()
{
    QCOMPARE(m_page->title(), u"team/app"_s);
}

LONGSHORE_UI_TEST(TestRepositoryPage)
#include "tst_repositorypage.moc"
