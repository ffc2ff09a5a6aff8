// SPDX-License-Identifier: Apache-2.0
#include "support/cleanupreview.h"
#include "support/deletionreview.h"
#include "support/heldrequests.h"
#include "support/snapshot.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "ui/mainwindow/backgroundruns.h"
#include "ui/mainwindow/pagetabs.h"
#include "ui/presenters/runwatch.h"

#include <QStatusBar>
#include <QTemporaryDir>
#include <QToolButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Deletions that go on while nobody looks at them.
class TestBackgroundRuns : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void goesOnWhileTheWindowIsOfUse();
    void pausesWhereItIsShownAgain();
    void asksBeforeTheWindowIsClosed();
    void endsBehindTheCurrentTagAndCloses();
    void staysOpenWhileADialogIs();
    void staysOpenForWhoLooksAtTheRunAgain();
    void leavesCleanUpsToTheirPages();
    void leadsBackToACleanUp();

private:
    /// Deletes "pr-1" and "pr-2", is held at the first, and is sent out of the way.
    [[nodiscard]] QDialog &sent();
    /// Has it stopped, so that the window closes behind it.
    void stopAndQuit();
    [[nodiscard]] QString message() const
    {
        return child<QLabel>(*m_test->window.centralWidget(), u"messageText"_s).text();
    }
    void snapInTheDark(QWidget &widget, const QString &name);
    [[nodiscard]] QToolButton &button() const
    {
        return child<QToolButton>(m_test->window, u"backgroundRuns"_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<HeldRequests> m_held;
    std::unique_ptr<TestWindow> m_test;
};

void TestBackgroundRuns::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    for (const QString &tag : {u"a"_s, u"b"_s, u"c"_s, u"pr-1"_s, u"pr-2"_s})
        TestImages::addImage(*m_registry, u"app"_s, tag, {.layers = {tag.toLatin1()}});
    m_held = std::make_unique<HeldRequests>(*m_registry, "DELETE", u"/app/manifests/sha256"_s);
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->open(m_registry->host() + "/app"_L1);
}

void TestBackgroundRuns::cleanup()
{
    m_test.reset();
    m_held.reset();
    m_registry.reset();
}

QDialog &TestBackgroundRuns::sent()
{
    QDialog &dialog = DeletionReview::open(*m_test, {u"pr-1"_s, u"pr-2"_s});
    press(dialog, u"delete"_s);
    if (!QTest::qWaitFor([this] { return m_held->count() == 1; }, 20'000))
        qFatal("nothing is deleted");
    snap(dialog, u"deletion-running"_s);
    press(dialog, u"runInBackground"_s);
    return dialog;
}

void TestBackgroundRuns::snapInTheDark(QWidget &widget, const QString &name)
{
    m_test->window.actions().themeDark->trigger();
    snap(widget, name);
    m_test->window.actions().themeSystem->trigger();
}

void TestBackgroundRuns::goesOnWhileTheWindowIsOfUse()
{
    const QDialog &dialog = sent();
    QVERIFY(!dialog.isVisible());
    QVERIFY(button().isVisible());
    QVERIFY2(button().text().startsWith("Deleting: 0 deleted, 0 skipped, 0 failed"_L1),
             qPrintable(button().text()));
    snap(m_test->window, u"deletion-in-background"_s);
    DeletionReview::choose(*m_test, {u"a"_s}); // By mouse.
    m_held->release();
    QTRY_COMPARE(button().text(), u"2 tags deleted."_s);
    QTRY_COMPARE(m_test->tags().model()->rowCount(), 3);
    QVERIFY(!dialog.isVisible());
    QTest::mouseClick(&button(), Qt::LeftButton);
    QVERIFY(dialog.isVisible());
    QCOMPARE(DeletionReview::text(dialog, u"headline"_s), u"2 tags deleted."_s);
    QVERIFY(!button().isVisible());
}

void TestBackgroundRuns::pausesWhereItIsShownAgain()
{
    QDialog &dialog = sent();
    QTest::mouseClick(&button(), Qt::LeftButton);
    QVERIFY(dialog.isVisible() && !button().isVisible());
    press(dialog, u"pauseRun"_s);
    m_held->release();
    QTRY_VERIFY(DeletionReview::text(dialog, u"runStep"_s).startsWith("Paused."_L1));
    QVERIFY(DeletionReview::text(dialog, u"runCounts"_s).startsWith("1 deleted, "_L1));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
    snap(dialog, u"deletion-paused"_s);
    snapInTheDark(dialog, u"deletion-paused-dark"_s);
    press(dialog, u"resumeRun"_s);
    QTRY_COMPARE(DeletionReview::text(dialog, u"headline"_s), u"2 tags deleted."_s);
    QVERIFY(child<QWidget>(dialog, u"pauseRun"_s).parentWidget()->isHidden());
}

void TestBackgroundRuns::asksBeforeTheWindowIsClosed()
{
    const QDialog &dialog = sent();
    QVERIFY(!m_test->window.close());
    QDialog &question = awaitDialog(u"stopRunsDialog"_s);
    QVERIFY(child<QPushButton>(question, u"keepWindow"_s).isDefault());
    snap(question, u"stop-runs"_s);
    press(question, u"keepWindow"_s);
    m_held->release();
    QTRY_COMPARE(button().text(), u"2 tags deleted."_s);
    QVERIFY(m_test->window.isVisible());
    QVERIFY(!dialog.isVisible());
    QVERIFY(m_test->window.close()); // Nothing is lost any more.
}

void TestBackgroundRuns::endsBehindTheCurrentTagAndCloses()
{
    (void)sent();
    QVERIFY(!m_test->window.close());
    press(awaitDialog(u"stopRunsDialog"_s), u"stopAndQuit"_s);
    QVERIFY(m_test->window.isVisible()); // It is not known yet what became of it.
    m_held->release();
    QTRY_VERIFY(!m_test->window.isVisible());
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
    QCOMPARE(m_registry->tags(u"app"_s).size(), qsizetype(4));
}

void TestBackgroundRuns::stopAndQuit()
{
    QVERIFY(!m_test->window.close());
    press(awaitDialog(u"stopRunsDialog"_s), u"stopAndQuit"_s);
    awaitNoDialog(u"stopRunsDialog"_s);
}

void TestBackgroundRuns::staysOpenWhileADialogIs()
{
    (void)sent();
    stopAndQuit();
    QDialog question(&m_test->window);
    question.open();
    m_held->release();
    QTRY_COMPARE(button().text(), u"1 tag deleted, 1 not tried."_s);
    QTRY_VERIFY2(message().startsWith("The window stays"_L1), qPrintable(message()));
    QVERIFY(m_test->window.isVisible() && question.isVisible());
    question.reject();
    QVERIFY(m_test->window.close());
}

void TestBackgroundRuns::staysOpenForWhoLooksAtTheRunAgain()
{
    const QDialog &dialog = sent();
    stopAndQuit();
    QTest::mouseClick(&button(), Qt::LeftButton);
    QVERIFY(dialog.isVisible());
    QVERIFY2(message().startsWith("The window stays"_L1), qPrintable(message()));
    m_held->release();
    QTRY_COMPARE(DeletionReview::text(dialog, u"headline"_s), u"1 tag deleted, 1 not tried."_s);
    QVERIFY(m_test->window.isVisible() && dialog.isVisible());
}

void TestBackgroundRuns::leavesCleanUpsToTheirPages()
{
    QStatusBar bar;
    QWidget owner;
    BackgroundRuns runs(bar, &owner);
    RunWatch watch;
    watch.begin();
    runs.add(watch, u"app"_s, [] {});
    QVERIFY(runs.mayClose());
    QCOMPARE(openDialogs(u"stopRunsDialog"_s), qsizetype(0));
}

void TestBackgroundRuns::leadsBackToACleanUp()
{
    CleanupPage &page = CleanupReview::plan(*m_test, m_registry->host() + "/app"_L1);
    press(page, u"cleanUpNow"_s);
    press(awaitDialog(u"cleanupDialog"_s), u"confirmCleanup"_s);
    QTRY_COMPARE(m_held->count(), qsizetype(1));
    snap(m_test->window, u"cleanup-running"_s);
    child<QTabWidget>(m_test->window, u"pageTabs"_s).setCurrentIndex(0);
    QVERIFY2(button().text().startsWith("Cleaning up "_L1), qPrintable(button().text()));
    QTest::mouseClick(&button(), Qt::LeftButton);
    QCOMPARE(m_test->page<CleanupPage>(), &page);
    QVERIFY(button().isVisible()); // Until it is over.
    press(page, u"pauseRun"_s);
    m_held->release();
    QTRY_VERIFY(child<QLabel>(page, u"runStep"_s).text().startsWith("Paused."_L1));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
    snapInTheDark(m_test->window, u"cleanup-paused-dark"_s);
    press(page, u"resumeRun"_s);
    QTRY_COMPARE(page.presenter().state(), CleanupPresenter::State::Done);
    QTRY_VERIFY(!button().isVisible());
    snapInTheDark(m_test->window, u"cleanup-done-dark"_s);
    QCOMPARE(m_registry->tags(u"app"_s).size(), qsizetype(3));
}

LONGSHORE_UI_TEST(TestBackgroundRuns)
#include "tst_backgroundruns.moc"
