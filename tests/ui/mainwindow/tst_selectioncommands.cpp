// SPDX-License-Identifier: Apache-2.0
#include "support/deletionreview.h"
#include "support/heldrequests.h"
#include "support/testtabs.h"
#include "support/uitest.h"
#include "ui/mainwindow/backgroundruns.h"
#include "ui/mainwindow/copycommands.h"
#include "ui/mainwindow/exportcommands.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/selectioncommands.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/transferpresenter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QStatusBar>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

namespace {

/// The tabs with the commands on them, but without the menus and keys of the window.
class TestCommands : public TestTabs
{
public:
    MainActions actions;
    TransferListModel transferModel;
    TransferQueue queue;
    TransferPresenter transfers{queue, transferModel};
    QStatusBar bar;
    QWidget owner; ///< Goes before the tabs, as the parts of the window do.
    ExportCommands *exports = new ExportCommands(transfers, transferModel, settings, &owner);
    CopyCommands *copies = new CopyCommands(registries, transfers, transferModel, settings, &owner);
    BackgroundRuns *runs = new BackgroundRuns(bar, &owner);
    SelectionCommands *commands =
        new SelectionCommands(actions, tabs, registries, {*exports, *copies, *runs}, &owner);
};

} // namespace

class TestSelectionCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_test.reset(); }
    void offerNothingWhileNoTabIsOpen();
    void offerWhatThereIsToActOn();
    void copyReferences();
    void copyAPullCommandForEachTag();
    void copyWhatAnImageIsNamedBy();
    void openEveryChosenTagAndGoUpAgain();
    void findAndReadInTheListInFront();
    void askBeforeTagsAreDeleted();
    void sayWhyNothingCanBeDeleted();
    void exportEveryImageThatIsSelected();
    void exportTheLayerThatIsSelected();
    void copyEveryImageThatIsSelected();
    void copyTheImageThatIsShown();
    void waitForTheSessionOfTheirPage();

private:
    Page &open(const QString &text) { return m_test->open(TestTabs::place(m_id, text)); }
    [[nodiscard]] QTreeView &tags() const
    {
        return child<QTreeView>(*m_test->tabs.currentPage(), u"tags"_s);
    }
    [[nodiscard]] const MainActions &actions() const { return m_test->actions; }
    [[nodiscard]] QString app() const { return m_test->registry.host() + "/app"_L1; }
    [[nodiscard]] static QString clipboard() { return QGuiApplication::clipboard()->text(); }

    std::unique_ptr<TestCommands> m_test;
    QString m_id;
};

void TestSelectionCommands::init()
{
    m_test = std::make_unique<TestCommands>();
    TestImages::addImage(m_test->registry, u"app"_s, u"1"_s, {.layers = {"one"}});
    TestImages::addImage(m_test->registry, u"app"_s, u"2"_s, {.layers = {"two"}});
    m_id = m_test->connectToRegistry();
    QGuiApplication::clipboard()->clear();
}

void TestSelectionCommands::offerNothingWhileNoTabIsOpen()
{
    for (const QAction *action :
         {actions().closeTab, actions().copyReference, actions().copyPullCommand,
          actions().copyDigest, actions().find, actions().readAll, actions().up,
          actions().openImage, actions().copyImage, actions().exportImage, actions().exportLayer,
          actions().deleteTags})
        QVERIFY2(!action->isEnabled(), qPrintable(action->objectName()));
    QCOMPARE(actions().exportImage->toolTip(), u"Select one or more images to export them."_s);
    QCOMPARE(actions().exportLayer->toolTip(), u"Select a layer to export it."_s);
    QCOMPARE(actions().deleteTags->toolTip(), u"Select one or more tags to delete them."_s);
}

void TestSelectionCommands::offerWhatThereIsToActOn()
{
    open(u"app"_s);
    chooseRow(tags(), u"1"_s);
    QVERIFY(actions().deleteTags->isEnabled());
    QCOMPARE(actions().deleteTags->toolTip(), actions().deleteTags->statusTip());
    QVERIFY(actions().openImage->isEnabled() && actions().find->isEnabled());
    QVERIFY(actions().exportImage->isEnabled());
    QVERIFY(!actions().up->isEnabled()); // It is at the top.
    QVERIFY(!actions().exportLayer->isEnabled());
    tags().clearSelection();
    QVERIFY(!actions().deleteTags->isEnabled() && !actions().openImage->isEnabled());
    QVERIFY(!actions().copyPullCommand->isEnabled()); // A repository alone cannot be pulled.
    QVERIFY(actions().copyReference->isEnabled());
    open(u"app:1"_s);
    QVERIFY(actions().up->isEnabled() && actions().deleteTags->isEnabled());
    QVERIFY(actions().exportImage->isEnabled());
    QVERIFY(!actions().find->isEnabled() && !actions().openImage->isEnabled());
    m_test->tabs.closeConnection(m_id);
    offerNothingWhileNoTabIsOpen();
}

void TestSelectionCommands::copyReferences()
{
    open(u"app"_s);
    QSignalSpy copied(m_test->commands, &SelectionCommands::copied);
    tags().clearSelection();
    actions().copyReference->trigger();
    QCOMPARE(clipboard(), app());
    chooseRow(tags(), u"2"_s);
    actions().copyReference->trigger();
    QCOMPARE(clipboard(), app() + ":2"_L1);
    tags().selectAll();
    actions().copyReference->trigger();
    QCOMPARE(clipboard(), app() + ":1\n"_L1 + app() + ":2"_L1);
    QCOMPARE(copied.size(), qsizetype(3));
    QCOMPARE(copied.last().first().toString(), clipboard());
}

void TestSelectionCommands::copyAPullCommandForEachTag()
{
    open(u"app"_s);
    tags().selectAll();
    actions().copyPullCommand->trigger();
    QCOMPARE(clipboard(), "docker pull "_L1 + app() + ":1\ndocker pull "_L1 + app() + ":2"_L1);
}

void TestSelectionCommands::copyWhatAnImageIsNamedBy()
{
    const QString digest =
        TestImages::addImage(m_test->registry, u"app"_s, u"3"_s, {.layers = {"3"}}).toString();
    open(u"app:3"_s);
    actions().copyPullCommand->trigger();
    QCOMPARE(clipboard(), "docker pull "_L1 + app() + ":3"_L1);
    actions().copyDigest->trigger();
    QCOMPARE(clipboard(), digest);
    open("app@"_L1 + digest);
    actions().copyReference->trigger();
    QCOMPARE(clipboard(), app() + u'@' + digest);
    QVERIFY(!actions().deleteTags->isEnabled()); // No tag was chosen.
}

void TestSelectionCommands::openEveryChosenTagAndGoUpAgain()
{
    open(u"app"_s);
    tags().selectAll();
    actions().openImage->trigger();
    QCOMPARE(m_test->titles(), QStringList({u"app"_s, u"app:1"_s, u"app:2"_s}));
    m_test->tabs.closeTab(0);
    actions().up->trigger();
    QCOMPARE(m_test->titles(), QStringList({u"app:1"_s, u"app:2"_s, u"app"_s}));
    QCOMPARE(m_test->tabs.currentIndex(), 2);
}

void TestSelectionCommands::findAndReadInTheListInFront()
{
    const Digest digest = TestImages::addImage(m_test->registry, u"many"_s, u"v"_s);
    for (int i = 0; i < 200; ++i)
        m_test->registry.setTag(u"many"_s, u"v%1"_s.arg(i), digest);
    const Page &page = open(u"many"_s);
    actions().find->trigger();
    QVERIFY(child<QLineEdit>(page, u"filterTags"_s).hasFocus());
    QVERIFY(actions().readAll->isEnabled());
    actions().readAll->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!page.canReadAll(), 60'000);
    QTRY_VERIFY(!actions().readAll->isEnabled()); // There is nothing left to read.
}

void TestSelectionCommands::askBeforeTagsAreDeleted()
{
    open(u"app"_s);
    chooseRow(tags(), u"2"_s);
    actions().deleteTags->trigger();
    const QPointer<QDialog> dialog = &awaitDialog(u"deleteDialog"_s);
    QTRY_COMPARE(DeletionReview::list(*dialog), u"2 | is deleted with its image"_s);
    QCOMPARE(m_test->registry.count("DELETE"), qsizetype(0));
    press(*dialog, u"delete"_s);
    QTRY_COMPARE(DeletionReview::text(*dialog, u"headline"_s), u"1 tag deleted."_s);
    QCOMPARE(tags().model()->rowCount(), 1); // The list knows already.
    press(*dialog, u"close"_s);
    QTRY_VERIFY(!dialog);
}

void TestSelectionCommands::sayWhyNothingCanBeDeleted()
{
    SavedConnection readOnly{{}, u"two"_s, m_test->registry.host()};
    readOnly.isReadOnly = true;
    m_test->open(TestTabs::place(m_test->connectTo(readOnly), u"app"_s));
    chooseRow(tags(), u"1"_s);
    QVERIFY(!actions().deleteTags->isEnabled());
    QCOMPARE(actions().deleteTags->toolTip(), u"This connection is read-only."_s);
}

void TestSelectionCommands::exportEveryImageThatIsSelected()
{
    open(u"app"_s);
    tags().selectAll();
    QVERIFY(actions().exportImage->isEnabled());
    actions().exportImage->trigger();
    QDialog &dialog = awaitDialog(u"exportImageDialog"_s);
    const QString listed = child<QLabel>(dialog, u"image"_s).toolTip();
    QVERIFY(listed.contains("app:1"_L1) && listed.contains("app:2"_L1));
    dialog.reject();
}

void TestSelectionCommands::exportTheLayerThatIsSelected()
{
    open(u"app"_s);
    tags().expand(rowOf(tags(), u"1"_s));
    tags().expand(tags().model()->index(0, 0, rowOf(tags(), u"1"_s)));
    QTRY_VERIFY(!tags()
                     .model()
                     ->match(tags().model()->index(0, 0), Qt::DisplayRole, u"Layer 1"_s, 1,
                             Qt::MatchExactly | Qt::MatchRecursive)
                     .isEmpty());
    chooseRow(tags(), u"Layer 1"_s);
    QVERIFY(actions().exportLayer->isEnabled() && !actions().deleteTags->isEnabled());
    actions().exportLayer->trigger();
    QDialog &dialog = awaitDialog(u"exportDialog"_s);
    QVERIFY(child<QLineEdit>(dialog, u"fileNameEdit"_s).text().startsWith("app_1_01_"_L1));
    dialog.reject();
    m_test->registries.connectTo(*m_test->store.find(m_id), {});
    QVERIFY(!actions().exportLayer->isEnabled());
    QCOMPARE(actions().exportLayer->toolTip(), u"This connection is not open."_s);
}

void TestSelectionCommands::copyEveryImageThatIsSelected()
{
    open(u"app"_s);
    tags().selectAll();
    QVERIFY(actions().copyImage->isEnabled());
    actions().copyImage->trigger();
    QDialog &dialog = awaitDialog(u"copyDialog"_s);
    QCOMPARE(child<QLineEdit>(dialog, u"targetRepository"_s).text(), u"app"_s);
    fillIn(dialog, u"targetRepository"_s, u"other"_s);
    press(dialog, u"copy"_s);
    QTRY_COMPARE(m_test->registry.tags(u"other"_s), QStringList({u"1"_s, u"2"_s}));
}

void TestSelectionCommands::copyTheImageThatIsShown()
{
    open(u"app:1"_s);
    actions().copyImage->trigger();
    QDialog &dialog = awaitDialog(u"copyDialog"_s);
    fillIn(dialog, u"targetTag"_s, u"stable"_s); // Another name for the same.
    press(dialog, u"copy"_s);
    QTRY_COMPARE(m_test->registry.tags(u"app"_s), QStringList({u"1"_s, u"2"_s, u"stable"_s}));
}

void TestSelectionCommands::waitForTheSessionOfTheirPage()
{
    open(u"app"_s);
    chooseRow(tags(), u"1"_s);
    HeldRequests held(m_test->registry, "GET", u"/v2/"_s);
    // Somebody has entered another password; the page is there, but who it asks is not.
    m_test->registries.connectTo(*m_test->store.find(m_id), {});
    QVERIFY(!m_test->registries.session(m_id));
    QVERIFY(!actions().deleteTags->isEnabled());
    QCOMPARE(actions().deleteTags->toolTip(), u"This connection is not open."_s);
    actions().copyReference->trigger();
    QCOMPARE(clipboard(), app() + ":1"_L1); // For that nobody has to be asked.
    held.release();
    QTRY_VERIFY(m_test->registries.session(m_id));
    QTRY_VERIFY(m_test->tabs.currentPage()->isLoaded());
    chooseRow(tags(), u"1"_s);
    QVERIFY(actions().deleteTags->isEnabled());
}

LONGSHORE_UI_TEST(TestSelectionCommands)
#include "tst_selectioncommands.moc"
