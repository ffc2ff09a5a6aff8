// SPDX-License-Identifier: Apache-2.0
#include "core/layout/layoutsession.h"
#include "core/layout/openlayoutjob.h"
#include "support/draganddrop.h"
#include "support/outcome.h"
#include "support/testlayout.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/models/tagtreemodel.h"
#include "ui/pages/imagepage.h"
#include "ui/views/tagtreeview.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Files with images, which are looked into like a registry.
class TestMainWindowFiles : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsTheImagesOfAFolder();
    void opensAnImageAndItsLayers();
    void offersNothingThatWouldChangeThem();
    void exportsAWholeImage();
    void opensWhatWasOpenedLastTime();
    void copiesIntoARegistry();
    void copiesTagsThatAreDragged();
    void closesWithoutAQuestion();
    void saysWhatIsNoImage();

private:
    void openLayout();
    [[nodiscard]] const MainActions &actions() const { return m_test->window.actions(); }

    FakeRegistry m_maker; ///< Makes documents.
    std::unique_ptr<TestLayout> m_layout;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->addRepository(u"app"_s);
    m_layout = std::make_unique<TestLayout>();
    m_layout->save(m_maker, u"a"_s,
                   {{u"1.0"_s, TestImages::addImage(m_maker, u"a"_s, u"1"_s)},
                    {u"2.0"_s, TestImages::addIndex(m_maker, u"a"_s, u"2"_s)}});
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestMainWindowFiles::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

/// By the file that makes a folder one with images, up to the list of tags.
void TestMainWindowFiles::openLayout()
{
    actions().openFile->trigger();
    auto *dialog = qobject_cast<QFileDialog *>(&awaitDialog(u"openFileDialog"_s));
    const QString chosen = m_layout->filePath(u"oci-layout"_s);
    emit dialog->filesSelected({chosen});
    emit dialog->fileSelected(chosen);
    dialog->close();
    m_test->waitUntilSettled();
    QTreeView &tree = m_test->registries();
    QTRY_VERIFY(tree.model()->rowCount(rowOf(tree, u"My Layout"_s)) == 1);
    QCOMPARE(m_test->window.focusWidget(), &tree); // The keyboard goes on there.
    QTest::keyClick(&tree, Qt::Key_Down);
    QTest::keyClick(&tree, Qt::Key_Return);
    m_test->waitUntilSettled();
}

void TestMainWindowFiles::showsTheImagesOfAFolder()
{
    openLayout();
    QCOMPARE(m_test->tags().model()->rowCount(), 2);
    QTRY_COMPARE(m_test->tags().model()->index(0, TagTreeModel::PlatformsColumn).data().toString(),
                 u"linux/amd64"_s);
    const QString status = child<QLabel>(m_test->window, u"connectionStatus"_s).text();
    QVERIFY2(status.contains(m_layout->path()) && status.contains(u"read-only"_s),
             qPrintable(status));
}

void TestMainWindowFiles::opensAnImageAndItsLayers()
{
    openLayout();
    chooseRow(m_test->tags(), u"1.0"_s);
    actions().openImage->trigger();
    m_test->waitUntilSettled();
    auto *page = m_test->page<ImagePage>();
    QVERIFY(page);
    QCOMPARE(page->title(), u"my-layout:1.0"_s);
    QTRY_VERIFY(child<QTableView>(*page, u"layers"_s).model()->rowCount() >= 2);
}

void TestMainWindowFiles::offersNothingThatWouldChangeThem()
{
    openLayout();
    chooseRow(m_test->tags(), u"1.0"_s);
    QVERIFY(!actions().deleteTags->isEnabled() && !actions().uploadImage->isEnabled());
    QVERIFY(actions().deleteTags->toolTip().contains(u"cannot be changed"_s));
    QVERIFY(actions().exportImage->isEnabled() && !actions().copyPullCommand->isEnabled());
    QVERIFY(!actions().editConnection->isEnabled() && !actions().addRepository->isEnabled());
    QVERIFY(actions().copyImage->isEnabled());
    actions().copyReference->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"my-layout:1.0"_s);
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(m_layout->path())});
    auto &tabs = child<QTabWidget>(m_test->window, u"pageTabs"_s);
    QVERIFY(!DragAndDrop(tabs, files).enter(tabs.rect().center()));
}

void TestMainWindowFiles::exportsAWholeImage()
{
    m_test->settings.setExportFolder(m_folder->path());
    openLayout();
    chooseRow(m_test->tags(), u"2.0"_s);
    actions().exportImage->trigger();
    QDialog &dialog = awaitDialog(u"exportImageDialog"_s);
    child<QComboBox>(dialog, u"form"_s).setCurrentIndex(1);
    QTRY_VERIFY(child<QPushButton>(dialog, u"export"_s).isEnabled());
    press(dialog, u"export"_s);
    QTRY_COMPARE(m_test->transfers.transfers().value(0)->state(), Transfer::State::Finished);
    const auto copy = outcomeOf(new OpenLayoutJob(m_folder->filePath(u"my-layout_2.0.tar"_s)));
    QVERIFY2(copy, qPrintable(copy ? QString() : copy.error().message));
    const auto &images = (*copy)->names().images();
    QCOMPARE(images.size(), qsizetype(1));
    QCOMPARE(images.first().repository.toString(), u"my-layout"_s);
    QCOMPARE(images.first().reference.toString(), u"2.0"_s);
    QVERIFY(m_layout->read(u"index.json"_s)
                .contains(images.first().manifest.digest.toString().toUtf8())); // The whole index.
}

void TestMainWindowFiles::opensWhatWasOpenedLastTime()
{
    openLayout();
    actions().removeConnection->trigger();
    QCOMPARE(m_test->registries().model()->rowCount(), 0);
    press(m_test->window, u"recent_My Layout"_s);
    QTRY_COMPARE(m_test->registries().model()->rowCount(), 1);
}

void TestMainWindowFiles::copiesIntoARegistry()
{
    m_test->connectTo(*m_registry);
    openLayout();
    chooseRow(m_test->tags(), u"2.0"_s);
    actions().copyImage->trigger();
    QDialog &dialog = awaitDialog(u"uploadDialog"_s);
    fillIn(dialog, u"targetRepository"_s, u"app"_s);
    press(dialog, u"upload"_s);
    QTRY_COMPARE(m_registry->tags(u"app"_s), QStringList{u"2.0"_s});
}

void TestMainWindowFiles::copiesTagsThatAreDragged()
{
    m_test->connectTo(*m_registry);
    openLayout();
    chooseRow(m_test->tags(), u"1.0"_s);
    const auto *view = qobject_cast<TagTreeView *>(&m_test->tags());
    QMimeData data;
    view->selectedDrag().writeTo(data);
    QTreeView &tree = m_test->registries();
    const QPoint point = tree.visualRect(rowOf(tree, u"app"_s)).center();
    DragAndDrop drag(*tree.viewport(), data);
    QVERIFY(drag.enter(point) && drag.drop(point));
    press(awaitDialog(u"uploadDialog"_s), u"upload"_s);
    QTRY_COMPARE(m_registry->tags(u"app"_s), QStringList{u"1.0"_s});
}

void TestMainWindowFiles::closesWithoutAQuestion()
{
    openLayout();
    actions().removeConnection->trigger();
    QCOMPARE(m_test->registries().model()->rowCount(), 0);
    QCOMPARE(child<QTabWidget>(m_test->window, u"pageTabs"_s).count(), 0);
    QVERIFY(QFile::exists(m_layout->filePath(u"oci-layout"_s)));
}

void TestMainWindowFiles::saysWhatIsNoImage()
{
    m_layout->write(u"greeting.txt"_s, "Good morning.");
    actions().openFile->trigger();
    auto *dialog = qobject_cast<QFileDialog *>(&awaitDialog(u"openFileDialog"_s));
    emit dialog->fileSelected(m_layout->filePath(u"greeting.txt"_s));
    QTRY_VERIFY(child<QWidget>(m_test->window, u"messageBar"_s).isVisible());
    QVERIFY(m_test->window.isSettled());
}

LONGSHORE_UI_TEST(TestMainWindowFiles)
#include "tst_mainwindow_files.moc"
