// SPDX-License-Identifier: Apache-2.0
#include "support/hostiletext.h"
#include "support/testtabs.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/models/tagtreemodel.h"
#include "ui/pages/imagepage.h"
#include "ui/pages/repositorypage.h"

#include <QHeaderView>
#include <QLabel>
#include <QTabBar>
#include <QToolButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The tabs alone; what is in them is the business of the pages.
class TestPageTabs : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_test.reset(); }
    void opensAPlaceInOneTab();
    void saysInTheToolTipOfWhichRegistryATabIs();
    void waitsForTheConnection();
    void keepsPlacesThatCannotBeReachedOnce();
    void forgetsPlacesOfAConnectionThatIsNoMore();
    void goesRoundAndRound();
    void closesATabByItsButton();
    void closesNothingWhereNothingIs();
    void takesTagsOutOfTheirRepositoryAlone();
    void readsARepositoryAgainWhereverItIs();
    void listensToThePageInFrontAlone();
    void goesOnWithANewSession();
    void keepsColumnsOverANewSession();
    void bringsBackWhatItHasSaved();
    void bringsBackNothingFromRubbish_data();
    void bringsBackNothingFromRubbish();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] PageTabs &tabs() const { return m_test->tabs; }
    [[nodiscard]] Place place(const QString &text) const { return TestTabs::place(m_id, text); }
    Page &open(const QString &text) { return m_test->open(place(text)); }
    [[nodiscard]] QToolButton &closeButton(int tab) const
    {
        return *qobject_cast<QToolButton *>(tabs().tabBar()->tabButton(tab, QTabBar::RightSide));
    }

    std::unique_ptr<TestTabs> m_test;
    QString m_id;
};

void TestPageTabs::init()
{
    m_test = std::make_unique<TestTabs>();
    for (const QString &repository : {u"app"_s, u"team/web"_s}) {
        TestImages::addImage(m_test->registry, repository, u"1"_s, {.layers = {"one"}});
        TestImages::addImage(m_test->registry, repository, u"2"_s, {.layers = {"two"}});
    }
    m_id = m_test->connectToRegistry();
}

void TestPageTabs::opensAPlaceInOneTab()
{
    open(u"app"_s);
    QVERIFY(child<QTreeView>(*tabs().currentPage(), u"tags"_s).hasFocus());
    open(u"app:1"_s);
    QCOMPARE(m_test->titles(), QStringList({u"app"_s, u"app:1"_s}));
    tabs().open(place(u"app"_s));
    QCOMPARE(tabs().count(), 2);
    QCOMPARE(tabs().currentIndex(), 0);
}

void TestPageTabs::saysInTheToolTipOfWhichRegistryATabIs()
{
    open(u"team/web:2"_s);
    QCOMPARE(tabs().tabText(0), u"team/web:2"_s);
    QCOMPARE(HostileText::readToolTip(tabs().tabToolTip(0)),
             m_test->registry.host() + "/team/web:2"_L1);
}

void TestPageTabs::waitsForTheConnection()
{
    const auto saved = m_test->store.save({{}, u"two"_s, m_test->registry.host()});
    const Place later = TestTabs::place(saved->id, u"app"_s);
    tabs().open(later);
    QVERIFY(tabs().isWaiting());
    QCOMPARE(tabs().count(), 0);
    m_test->open(later);
    QVERIFY(!tabs().isWaiting());
    QCOMPARE(m_test->titles(), QStringList{u"app"_s});
}

void TestPageTabs::keepsPlacesThatCannotBeReachedOnce()
{
    m_test->registry.failNext("GET", u"/v2/"_s, {500, {}, {}}, 99);
    const auto saved = m_test->store.save({{}, u"two"_s, m_test->registry.host()});
    const Place lost = TestTabs::place(saved->id, u"app"_s);
    const QSignalSpy failed(&m_test->registries, &RegistryPresenter::openingFailed);
    for (int attempt = 1; attempt <= 3; ++attempt) {
        tabs().open(lost);
        tabs().open(lost); // Somebody is impatient.
        QTRY_COMPARE(failed.size(), attempt);
    }
    QVERIFY(!tabs().isWaiting());
    QCOMPARE(tabs().count(), 0);
    QCOMPARE(tabs().saved(), QStringList{saved->id + " app "_L1});
    // The connection comes back, by whatever way.
    m_test->registry.intercept([this](const TestRequest &request, const TestConnection &c) {
        m_test->registry.answerNormally(request, c);
        return true;
    });
    m_test->registries.reload(saved->id);
    QTRY_COMPARE(m_test->titles(), QStringList{u"app"_s});
    QCOMPARE(tabs().saved().size(), qsizetype(1));
}

void TestPageTabs::forgetsPlacesOfAConnectionThatIsNoMore()
{
    const QString other = m_test->connectTo({{}, u"two"_s, m_test->registry.host()});
    open(u"app"_s);
    m_test->open(TestTabs::place(other, u"team/web"_s));
    open(u"app:1"_s);
    tabs().closeConnection(m_id);
    QCOMPARE(m_test->titles(), QStringList{u"team/web"_s});
    QCOMPARE(tabs().saved().size(), qsizetype(1));
}

void TestPageTabs::goesRoundAndRound()
{
    tabs().step(1); // Nothing is open.
    for (const QString &text : {u"app"_s, u"app:1"_s, u"app:2"_s})
        open(text);
    QCOMPARE(tabs().currentIndex(), 2);
    tabs().step(1);
    QCOMPARE(tabs().currentIndex(), 0);
    tabs().step(-1);
    QCOMPARE(tabs().currentIndex(), 2);
    tabs().step(-1);
    QCOMPARE(tabs().currentIndex(), 1);
}

void TestPageTabs::closesATabByItsButton()
{
    for (const QString &text : {u"app"_s, u"app:1"_s})
        open(text);
    const QPointer<Page> first = tabs().pages().first();
    QCOMPARE(closeButton(0).accessibleName(), u"Close app"_s);
    QTest::mouseClick(&closeButton(0), Qt::LeftButton);
    QCOMPARE(m_test->titles(), QStringList{u"app:1"_s});
    QTRY_VERIFY(!first);
    QTest::mouseClick(&closeButton(0), Qt::LeftButton); // The same button, at another place.
    QCOMPARE(tabs().count(), 0);
    QVERIFY(!tabs().currentPage());
}

void TestPageTabs::closesNothingWhereNothingIs()
{
    open(u"app"_s);
    tabs().closeTab(-1);
    tabs().closeTab(1);
    QCOMPARE(tabs().count(), 1);
}

static int rowsOf(const Page &page)
{
    return child<QTreeView>(page, u"tags"_s).model()->rowCount();
}

void TestPageTabs::takesTagsOutOfTheirRepositoryAlone()
{
    const Page &app = open(u"app"_s);
    const Page &web = open(u"team/web"_s);
    open(u"app:1"_s);
    m_test->registry.removeTag(u"app"_s, u"1"_s);
    tabs().removeTags(place(u"app"_s), {u"1"_s});
    QCOMPARE(rowsOf(app), 1);
    QCOMPARE(rowsOf(web), 2);
    QTRY_COMPARE(child<QLabel>(*tabs().currentPage(), u"placeholderHeadline"_s).text(),
                 u"The tag exists no more, or its manifest is missing."_s);
}

void TestPageTabs::readsARepositoryAgainWhereverItIs()
{
    const Page &app = open(u"app"_s);
    const int rows = rowsOf(app);
    open(u"team/web"_s);
    const Page &image = open(u"app:1"_s);
    m_test->registry.forgetRequests();
    const Digest digest =
        TestImages::addImage(m_test->registry, u"app"_s, u"new"_s, {.layers = {"new"}});
    m_test->registry.setTag(u"app"_s, u"1"_s, digest);
    tabs().reloadRepository(place(u"app"_s));
    QTRY_COMPARE(rowsOf(app), rows + 1);
    QTRY_VERIFY(image.isLoaded() && m_test->registry.count("GET", u"/app/manifests/1"_s) > 0);
    QCOMPARE(m_test->registry.count("GET", u"/team/web/"_s), qsizetype(0));
}

void TestPageTabs::listensToThePageInFrontAlone()
{
    const Page &behind = open(u"app"_s);
    open(u"team/web"_s);
    const QSignalSpy selections(&tabs(), &PageTabs::selectionChanged);
    child<QTreeView>(behind, u"tags"_s).setCurrentIndex({});
    QCOMPARE(selections.size(), qsizetype(0));
    child<QTreeView>(*tabs().currentPage(), u"tags"_s).setCurrentIndex({});
    QVERIFY(selections.size() > 0);
    QSignalSpy signIns(&tabs(), &PageTabs::signInRequested);
    emit tabs().currentPage()->signInRequested();
    QCOMPARE(signIns.first().first().toString(), m_id);
}

void TestPageTabs::goesOnWithANewSession()
{
    open(u"app"_s);
    open(u"app:1"_s);
    open(u"app:2"_s);
    tabs().setCurrentIndex(1);
    const QPointer<Page> old = tabs().currentPage();
    m_test->connectTo(*m_test->store.find(m_id)); // As after a sign-in.
    QTRY_VERIFY(!old);
    QCOMPARE(m_test->titles(), QStringList({u"app"_s, u"app:1"_s, u"app:2"_s}));
    QCOMPARE(tabs().currentIndex(), 1);
    QTRY_VERIFY(tabs().currentPage()->isLoaded());
}

void TestPageTabs::keepsColumnsOverANewSession()
{
    const auto header = [this] {
        return child<QTreeView>(*tabs().currentPage(), u"tags"_s).header();
    };
    open(u"app"_s);
    header()->resizeSection(TagTreeModel::NameColumn, 321);
    const QPointer<Page> old = tabs().currentPage();
    m_test->connectTo(*m_test->store.find(m_id));
    QTRY_VERIFY(!old);
    QCOMPARE(header()->sectionSize(TagTreeModel::NameColumn), 321);
}

void TestPageTabs::bringsBackWhatItHasSaved()
{
    const QString digest = Digest::ofBytes("unknown").toString();
    for (const QString &text : {u"app"_s, u"team/web:2"_s, QString("app@"_L1 + digest)})
        open(text);
    const QStringList saved = tabs().saved();
    const QStringList titles = m_test->titles();
    while (tabs().count() > 0)
        tabs().closeTab(0);
    tabs().restore(saved);
    QCOMPARE(m_test->titles(), titles);
    QCOMPARE(tabs().saved(), saved);
}

void TestPageTabs::bringsBackNothingFromRubbish_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("empty") << QString();
    QTest::newRow("unknown connection") << u"nobody app 1"_s;
    QTest::newRow("no repository") << u"%1"_s;
    QTest::newRow("no name") << u"%1 ../../etc 1"_s;
    QTest::newRow("markup") << u"%1 <b>app</b> 1"_s;
}

void TestPageTabs::bringsBackNothingFromRubbish()
{
    QFETCH(QString, line);
    tabs().restore({line.contains(u"%1"_s) ? line.arg(m_id) : line});
    QCOMPARE(tabs().count(), 0);
    QVERIFY(!tabs().isWaiting());
}

void TestPageTabs::canBeUsedByKeyboard()
{
    open(u"app"_s);
    open(u"app:1"_s);
    QVERIFY(!tabs().accessibleName().isEmpty());
    const QStringList complaints = WidgetChecks::complaintsAbout(m_test->window);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    tabs().tabBar()->setFocus();
    QTest::keyClick(tabs().tabBar(), Qt::Key_Left);
    QCOMPARE(tabs().currentIndex(), 0);
}

LONGSHORE_UI_TEST(TestPageTabs)
#include "tst_pagetabs.moc"
