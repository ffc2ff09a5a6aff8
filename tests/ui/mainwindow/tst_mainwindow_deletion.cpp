// SPDX-License-Identifier: Apache-2.0
#include "support/deletionreview.h"
#include "support/heldrequests.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "ui/pages/repositorypage.h"

#include <QDirIterator>
#include <QRadioButton>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;
using namespace DeletionReview;

/// Deleting tags: nothing goes that the review did not show, and nothing by accident.
class TestMainWindowDeletion : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void deletesATagAfterAReview();
    void deletesSeveralTagsAndNamesTheirNumber();
    void looksAtEveryTagBeforeItAsks();
    void needsConsentForTagsThatGoAlong();
    void removesOnlyTheTag();
    void savesTheManifestsBeforeTheFirstDeletion();
    void keepsCancelTheDefault();
    void runsOnceForADoubleClick();
    void neverIncludesRowsThatTheFilterHides();

private:
    [[nodiscard]] static QStringList backups();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowDeletion::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"app"_s, u"old"_s, {.layers = {"old"}});
    TestImages::addImage(*m_registry, u"app"_s, u"older"_s, {.layers = {"older"}});
    const Digest latest = TestImages::addImage(*m_registry, u"app"_s, u"latest"_s);
    m_registry->setTag(u"app"_s, u"1.0"_s, latest);
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->open(m_registry->host() + "/app"_L1);
}

void TestMainWindowDeletion::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

QStringList TestMainWindowDeletion::backups()
{
    QStringList files;
    QDirIterator all(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation), QDir::Files,
                     QDirIterator::Subdirectories);
    while (all.hasNext())
        files.append(all.next());
    return files;
}

void TestMainWindowDeletion::deletesATagAfterAReview()
{
    QDialog &dialog = DeletionReview::open(*m_test, {u"old"_s});
    QCOMPARE(text(dialog, u"headline"_s), u"Delete 1 tag from \u2068app\u2069?"_s);
    QCOMPARE(list(dialog), u"old | is deleted with its image"_s);
    QCOMPARE(button(dialog).text(), u"&Delete 1 Tag"_s);
    QVERIFY(text(dialog, u"backup"_s).contains("backup of 1 manifest"_L1));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
    press(dialog, u"delete"_s);
    QTRY_COMPARE(text(dialog, u"headline"_s), u"1 tag deleted."_s);
    QCOMPARE(list(dialog), u"old | Deleted"_s);
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"latest"_s, u"older"_s}));
    QCOMPARE(treeText(*m_test->tags().model()).contains("old\n"_L1), false);
    press(dialog, u"close"_s);
    awaitNoDialog(u"deleteDialog"_s);
    QCOMPARE(m_test->tags().model()->rowCount(), 3);
    QVERIFY(m_test->tags().currentIndex().isValid()); // The keyboard goes on from there.
}

void TestMainWindowDeletion::deletesSeveralTagsAndNamesTheirNumber()
{
    QDialog &dialog = DeletionReview::open(*m_test, {u"old"_s, u"older"_s});
    QCOMPARE(button(dialog).text(), u"&Delete 2 Tags"_s);
    press(dialog, u"delete"_s);
    QTRY_COMPARE(text(dialog, u"headline"_s), u"2 tags deleted."_s);
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"latest"_s}));
    QCOMPARE(m_registry->count("DELETE"), qsizetype(2));
}

void TestMainWindowDeletion::looksAtEveryTagBeforeItAsks()
{
    HeldRequests held(*m_registry, "HEAD", u"/manifests/older"_s);
    choose(*m_test, {u"old"_s});
    m_test->window.actions().deleteTags->trigger();
    const QDialog &dialog = awaitDialog(u"deleteDialog"_s);
    QTRY_COMPARE(held.count(), qsizetype(1)); // Nobody chose that one.
    QVERIFY(!button(dialog).isEnabled());
    held.release();
    QTRY_VERIFY(button(dialog).isEnabled());
}

void TestMainWindowDeletion::needsConsentForTagsThatGoAlong()
{
    QDialog &dialog = DeletionReview::open(*m_test, {u"latest"_s});
    QVERIFY(list(dialog).contains(u"1.0 | points to the same image"_s));
    QVERIFY(text(dialog, u"explanation"_s).contains("images: 1.0."_L1));
    auto &consent = child<QRadioButton>(dialog, u"withImages"_s);
    QVERIFY(consent.isVisible());
    QVERIFY(!consent.isChecked());
    QVERIFY(consent.text().contains("with them 1 more tag"_L1));
    QVERIFY(!button(dialog).isEnabled());
    QTest::keyClick(&consent, Qt::Key_Space);
    QCOMPARE(button(dialog).text(), u"&Delete 2 Tags"_s);
    press(dialog, u"delete"_s);
    QTRY_COMPARE(text(dialog, u"headline"_s), u"2 tags deleted."_s);
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"old"_s, u"older"_s}));
}

void TestMainWindowDeletion::removesOnlyTheTag()
{
    m_registry->behaviour.canDeleteTags = true;
    QDialog &dialog = DeletionReview::open(*m_test, {u"latest"_s});
    QCOMPARE(button(dialog).text(), u"&Delete 1 Tag"_s);
    press(dialog, u"delete"_s);
    QTRY_COMPARE(text(dialog, u"headline"_s), u"1 tag deleted."_s);
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"old"_s, u"older"_s}));
    QCOMPARE(treeText(*m_test->tags().model()).contains("latest"_L1), false);
    press(dialog, u"undo"_s); // By the backup of the tag.
    QDialog &restore = awaitDialog(u"restoreDialog"_s);
    QTRY_VERIFY(child<QPushButton>(restore, u"restore"_s).isEnabled());
    press(restore, u"restore"_s);
    QTRY_VERIFY(m_registry->tags(u"app"_s).contains(u"latest"_s));
}

void TestMainWindowDeletion::savesTheManifestsBeforeTheFirstDeletion()
{
    const auto before = backups();
    QByteArray manifest;
    bool isSaved = false;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &) {
        if (request.method == "DELETE") {
            const QString digest = request.path().section(u'/', -1).section(u':', -1);
            const QStringList files = backups();
            isSaved = std::any_of(files.begin(), files.end(), [&](const QString &path) {
                QFile file(path);
                return !before.contains(path) && path.endsWith(digest)
                       && file.open(QIODevice::ReadOnly)
                       && Digest::ofBytes(file.readAll()).toString().endsWith(digest);
            });
        }
        return false;
    });
    QDialog &dialog = DeletionReview::open(*m_test, {u"old"_s});
    QCOMPARE(backups(), before);
    press(dialog, u"delete"_s);
    QTRY_COMPARE(text(dialog, u"headline"_s), u"1 tag deleted."_s);
    QVERIFY(isSaved);
}

void TestMainWindowDeletion::keepsCancelTheDefault()
{
    QDialog &dialog = DeletionReview::open(*m_test, {u"old"_s});
    QVERIFY(child<QPushButton>(dialog, u"cancel"_s).isDefault());
    QVERIFY(child<QPushButton>(dialog, u"cancel"_s).hasFocus());
    QTest::keyClick(dialog.focusWidget(), Qt::Key_Return);
    awaitNoDialog(u"deleteDialog"_s);
    // And again where somebody is quick: Del, Enter, Enter.
    choose(*m_test, {u"old"_s});
    QTest::keyClick(&m_test->tags(), Qt::Key_Delete);
    QWidget &again = awaitDialog(u"deleteDialog"_s);
    QTest::keyClick(&again, Qt::Key_Return);
    QTest::keyClick(&m_test->window, Qt::Key_Return);
    awaitNoDialog(u"deleteDialog"_s);
    QTest::keyClick(&DeletionReview::open(*m_test, {u"old"_s}), Qt::Key_Escape);
    awaitNoDialog(u"deleteDialog"_s);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(0));
}

void TestMainWindowDeletion::runsOnceForADoubleClick()
{
    QDialog &dialog = DeletionReview::open(*m_test, {u"old"_s});
    QPushButton &go = button(dialog);
    QTest::mouseClick(&go, Qt::LeftButton);
    QTest::mouseDClick(&go, Qt::LeftButton);
    QTest::mouseClick(&go, Qt::LeftButton);
    QTRY_COMPARE(text(dialog, u"headline"_s), u"1 tag deleted."_s);
    QCOMPARE(m_registry->count("DELETE"), qsizetype(1));
}

void TestMainWindowDeletion::neverIncludesRowsThatTheFilterHides()
{
    m_test->tags().selectAll();
    fillIn(*m_test->page<RepositoryPage>(), u"filterTags"_s, u"older"_s);
    QTRY_COMPARE(m_test->tags().model()->rowCount(), 1);
    m_test->tags().selectAll();
    m_test->window.actions().deleteTags->trigger();
    QDialog &dialog = awaitDialog(u"deleteDialog"_s);
    QTRY_COMPARE(button(dialog).text(), u"&Delete 1 Tag"_s);
    QCOMPARE(list(dialog), u"older | is deleted with its image"_s);
    press(dialog, u"delete"_s);
    QTRY_COMPARE(text(dialog, u"headline"_s), u"1 tag deleted."_s);
    QCOMPARE(m_registry->tags(u"app"_s), QStringList({u"1.0"_s, u"latest"_s, u"old"_s}));
}

LONGSHORE_UI_TEST(TestMainWindowDeletion)
#include "tst_mainwindow_deletion.moc"
