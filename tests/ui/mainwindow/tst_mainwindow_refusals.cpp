// SPDX-License-Identifier: Apache-2.0
#include "support/deletionreview.h"
#include "support/heldrequests.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "ui/pages/imagepage.h"

#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace DeletionReview;

/// When tags are not deleted: what the window says, and that the registry is as it was.
class TestMainWindowRefusals : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void keepsWhatAnIndexNeeds();
    void changesNothingOverAReadOnlyConnection();
    void saysThatDeletionIsTurnedOff();
    void saysThatARightIsMissing();
    void skipsWhatHasMovedSinceTheReview();
    void deletesNothingWhenATagCannotBeRead();
    void saysThatATagIsThereNoMore();
    void stopsBetweenTwoImages();
    void leavesTheReviewWhileItIsChecking();
    void reloadsTheImageThatWasDeletedElsewhere();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowRefusals::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"old"}});
    TestImages::addImage(*m_registry, u"app"_s, u"older"_s, {.layers = {"older"}});
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->open(m_registry->host() + "/app"_L1);
}

void TestMainWindowRefusals::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestMainWindowRefusals::keepsWhatAnIndexNeeds()
{
    const QByteArray part = TestImages::image(*m_registry, u"app"_s, {.architecture = u"arm64"_s});
    TestImages::addIndex(*m_registry, u"app"_s, u"multi"_s);
    m_registry->setTag(u"app"_s, u"part"_s, Digest::ofBytes(part));
    m_test->window.actions().reload->trigger();
    m_test->waitUntilSettled();
    const QDialog &dialog = open(*m_test, {u"part"_s});
    QCOMPARE(list(dialog), u"part | is part of multi"_s);
    QCOMPARE(text(dialog, u"aboutWithImages"_s),
             u"part is part of multi, which would be broken. Delete both, or neither."_s);
    QVERIFY(!button(dialog).isEnabled());
}

void TestMainWindowRefusals::changesNothingOverAReadOnlyConnection()
{
    SavedConnection saved = m_test->connections.connections().first();
    chooseRow(m_test->registries(), saved.name);
    m_test->window.actions().editConnection->trigger();
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    press(dialog, u"readOnly"_s);
    press(dialog, u"connect"_s);
    awaitNoDialog(u"connectDialog"_s);
    QTRY_VERIFY(
        child<QLabel>(m_test->window, u"connectionStatus"_s).text().endsWith("read-only"_L1));
    m_test->waitUntilSettled();
    choose(*m_test, {u"old"_s});
    const QAction *deleteTags = m_test->window.actions().deleteTags;
    QVERIFY(!deleteTags->isEnabled());
    QCOMPARE(deleteTags->toolTip(), u"This connection is read-only."_s);
    QTest::keyClick(&m_test->tags(), Qt::Key_Delete);
    QCOMPARE(openDialogs(u"deleteDialog"_s), qsizetype(0));
}

void TestMainWindowRefusals::saysThatDeletionIsTurnedOff()
{
    m_registry->behaviour.canDelete = false;
    QDialog &dialog = open(*m_test, {u"old"_s});
    press(dialog, u"delete"_s);
    QTRY_COMPARE(text(dialog, u"headline"_s), u"Nothing was deleted."_s);
    QVERIFY2(text(dialog, u"explanation"_s).contains("Deletion is turned off on this server"_L1),
             qPrintable(text(dialog, u"explanation"_s)));
    press(dialog, u"close"_s);
    awaitNoDialog(u"deleteDialog"_s);
    QCOMPARE(m_test->tags().model()->rowCount(), 2);
}

void TestMainWindowRefusals::saysThatARightIsMissing()
{
    m_registry->failNext("DELETE", u"/manifests/"_s,
                         {403, R"({"errors":[{"code":"DENIED","message":"<b>not</b> you"}]})", {}});
    QDialog &dialog = open(*m_test, {u"old"_s});
    press(dialog, u"delete"_s);
    QTRY_VERIFY(button(dialog).isHidden());
    QVERIFY(!text(dialog, u"headline"_s).contains("1 tag deleted"_L1));
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"old"_s, u"older"_s}));
    QCOMPARE(m_test->tags().model()->rowCount(), 2);
}

void TestMainWindowRefusals::skipsWhatHasMovedSinceTheReview()
{
    QDialog &dialog = open(*m_test, {u"old"_s});
    const Digest newer = TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"new"}});
    press(dialog, u"delete"_s);
    QTRY_VERIFY(text(dialog, u"headline"_s).contains("1 skipped because something changed"_L1));
    QVERIFY(list(dialog).startsWith("old | Skipped: "_L1));
    QVERIFY(m_registry->hasManifest(u"app"_s, newer));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestMainWindowRefusals::deletesNothingWhenATagCannotBeRead()
{
    m_registry->intercept([](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().endsWith("/manifests/older"_L1))
            return false;
        connection.answer({403, {}, {}});
        return true;
    });
    const QDialog &dialog = open(*m_test, {u"old"_s});
    QVERIFY2(text(dialog, u"explanation"_s)
                 .startsWith("The repository could not be read completely, so nothing can be "
                             "deleted safely: "_L1),
             qPrintable(text(dialog, u"explanation"_s)));
    QVERIFY(!button(dialog).isEnabled());
}

void TestMainWindowRefusals::saysThatATagIsThereNoMore()
{
    m_registry->removeTag(u"app"_s, u"old"_s);
    const QDialog &dialog = open(*m_test, {u"old"_s});
    QCOMPARE(list(dialog), u"old | is not there any more"_s);
    QCOMPARE(text(dialog, u"explanation"_s), u"There is nothing left to delete."_s);
    QVERIFY(!button(dialog).isEnabled());
}

void TestMainWindowRefusals::stopsBetweenTwoImages()
{
    HeldRequests held(*m_registry, "DELETE", u"/manifests/"_s);
    QDialog &dialog = open(*m_test, {u"old"_s, u"older"_s});
    fillIn(dialog, u"typedConfirmation"_s, u"2"_s); // These are all.
    press(dialog, u"delete"_s);
    QTRY_COMPARE(held.count(), qsizetype(1));
    QTest::keyClick(&dialog, Qt::Key_Escape); // Stops behind that; what was done is shown.
    held.release();
    QTRY_COMPARE_WITH_TIMEOUT(text(dialog, u"headline"_s), u"1 tag deleted, 1 not tried."_s,
                              20'000);
    QVERIFY(dialog.isVisible());
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
}

void TestMainWindowRefusals::leavesTheReviewWhileItIsChecking()
{
    HeldRequests held(*m_registry, "HEAD", u"/manifests/"_s);
    choose(*m_test, {u"old"_s});
    m_test->window.actions().deleteTags->trigger();
    QDialog &dialog = awaitDialog(u"deleteDialog"_s);
    QTRY_VERIFY(held.count() > 0);
    press(dialog, u"cancel"_s);
    awaitNoDialog(u"deleteDialog"_s);
    held.release();
    m_test->waitUntilSettled();
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestMainWindowRefusals::reloadsTheImageThatWasDeletedElsewhere()
{
    m_test->open(m_registry->host() + "/app:old"_L1);
    m_test->open(m_registry->host() + "/app"_L1);
    QDialog &dialog = open(*m_test, {u"old"_s});
    press(dialog, u"delete"_s);
    QTRY_COMPARE(text(dialog, u"headline"_s), u"1 tag deleted."_s);
    press(dialog, u"close"_s);
    m_test->window.actions().nextTab->trigger();
    QVERIFY(m_test->page<ImagePage>());
    QTRY_COMPARE(child<QLabel>(*m_test->page<ImagePage>(), u"placeholderHeadline"_s).text(),
                 u"The tag exists no more, or its manifest is missing."_s);
}

LONGSHORE_UI_TEST(TestMainWindowRefusals)
#include "tst_mainwindow_refusals.moc"
