// SPDX-License-Identifier: Apache-2.0
#include "support/heldrequests.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/models/transferlistmodel.h"
#include "ui/pages/imagepage.h"

#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTreeView>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Saving a layer to a file: proposed name, progress, what the result says.
class TestMainWindowExport : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void savesALayerUnderTheProposedName();
    void goesOnWhenTheProgressDialogIsClosed();
    void leavesTheWindowUsableMeanwhile();
    void stopsFromTheProgressDialog();
    void stopsFromTheDock();
    void asksBeforeItReplacesAFile();
    void saysWhatWasWrongAndTriesAgain();
    void exportsALayerFromTheTagTree();
    void remembersTheFolder();
    void asksBeforeItQuitsWithTransfers();
    void quitsWhenTransfersAreFinished_data();
    void quitsWhenTransfersAreFinished();

private:
    QFileDialog &askForFile();
    static void accept(const QFileDialog &dialog);
    void startExport() { accept(askForFile()); }
    [[nodiscard]] QTreeView &transfers() const
    {
        return child<QTreeView>(m_test->window, u"transfers"_s);
    }
    [[nodiscard]] QString status() const
    {
        return transfers().model()->index(0, 0).data(TransferListModel::StatusRole).toString();
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_target->path()).entryList(QDir::Files | QDir::Hidden);
    }

    const QByteArray m_content = QByteArray(100'000, 'L');
    const QString m_digest = Digest::ofBytes(m_content).toString();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_target;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowExport::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_target = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.0"_s, {.layers = {m_content, "two"}});
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->settings.setExportFolder(m_target->path());
    m_test->open(m_registry->host() + "/team/app:1.0"_L1);
    child<QTabWidget>(*m_test->page<ImagePage>(), u"imageTabs"_s).setCurrentIndex(2);
    chooseRow(child<QTableView>(*m_test->page<ImagePage>(), u"layers"_s), u"1"_s);
}

void TestMainWindowExport::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

QFileDialog &TestMainWindowExport::askForFile()
{
    m_test->window.actions().exportLayer->trigger();
    return *qobject_cast<QFileDialog *>(&awaitDialog(u"exportDialog"_s));
}

/// Takes what the file dialog proposes.
void TestMainWindowExport::accept(const QFileDialog &dialog)
{
    QTest::keyClick(&child<QLineEdit>(dialog, u"fileNameEdit"_s), Qt::Key_Return);
    awaitNoDialog(u"exportDialog"_s);
    (void)awaitDialog(u"transferDialog"_s);
}

void TestMainWindowExport::savesALayerUnderTheProposedName()
{
    const QString name = "app_1.0_01_"_L1 + m_digest.mid(7, 12) + ".tar.gz"_L1;
    const QFileDialog &dialog = askForFile();
    QCOMPARE(child<QLineEdit>(dialog, u"fileNameEdit"_s).text(), name);
    accept(dialog);
    const QDialog &progress = awaitDialog(u"transferDialog"_s);
    const auto &label = child<QLabel>(progress, u"transferStatus"_s);
    QTRY_VERIFY(label.text().startsWith("Finished, "_L1));
    QVERIFY(label.text().endsWith("verified: "_L1 + m_digest));
    QVERIFY(
        child<QLabel>(progress, u"transferTitle"_s).text().contains("team/app:1.0, layer 1"_L1));
    QVERIFY(!child<QPushButton>(progress, u"stopTransfer"_s).isEnabled());
    QCOMPARE(status(), label.text());
    QCOMPARE(files(), QStringList{name});
    QFile file(m_target->filePath(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), m_content);
}

void TestMainWindowExport::goesOnWhenTheProgressDialogIsClosed()
{
    HeldRequests held(*m_registry, "GET", "/blobs/"_L1 + m_digest);
    startExport();
    QDialog &progress = awaitDialog(u"transferDialog"_s);
    QTRY_COMPARE(held.count(), qsizetype(1));
    QVERIFY(child<QPushButton>(progress, u"close"_s).isDefault());
    QTest::keyClick(&progress, Qt::Key_Escape);
    awaitNoDialog(u"transferDialog"_s);
    QVERIFY(child<QWidget>(m_test->window, u"transfersDock"_s).isVisible());
    QCOMPARE(m_test->transfers.activeCount(), qsizetype(1));
    held.release();
    QTRY_VERIFY(status().endsWith("verified: "_L1 + m_digest));
    QCOMPARE(files().size(), qsizetype(1));
}

void TestMainWindowExport::leavesTheWindowUsableMeanwhile()
{
    HeldRequests held(*m_registry, "GET", "/blobs/"_L1 + m_digest);
    startExport();
    const QDialog &progress = awaitDialog(u"transferDialog"_s);
    QVERIFY(!progress.isModal());
    QTRY_COMPARE(child<QLabel>(m_test->window, u"transferStatus"_s).text(), u"1 transfer"_s);
    QCOMPARE(child<QProgressBar>(progress, u"transferProgress"_s).value(), 0);
    m_test->window.actions().up->trigger();
    m_test->waitUntilSettled();
    QCOMPARE(m_test->tags().model()->rowCount(), 1);
    held.release();
    QTRY_VERIFY(!child<QPushButton>(progress, u"stopTransfer"_s).isEnabled());
    QCOMPARE(child<QProgressBar>(progress, u"transferProgress"_s).value(), 1000);
}

void TestMainWindowExport::stopsFromTheProgressDialog()
{
    const HeldRequests held(*m_registry, "GET", "/blobs/"_L1 + m_digest);
    startExport();
    press(awaitDialog(u"transferDialog"_s), u"stopTransfer"_s);
    QTRY_COMPARE(status(), u"Cancelled"_s);
    QCOMPARE(m_test->transfers.activeCount(), qsizetype(0));
    QVERIFY(files().filter(u".tar.gz"_s).filter(QRegularExpression(u"gz$"_s)).isEmpty());
}

void TestMainWindowExport::stopsFromTheDock()
{
    HeldRequests held(*m_registry, "GET", "/blobs/"_L1 + m_digest);
    startExport();
    press(awaitDialog(u"transferDialog"_s), u"close"_s);
    QTRY_COMPARE(held.count(), qsizetype(1));
    transfers().setFocus();
    QTest::keyClick(&transfers(), Qt::Key_Delete);
    QTRY_COMPARE(status(), u"Cancelled"_s);
    held.release();
    child<QAction>(m_test->window, u"retryTransfer"_s).trigger();
    QTRY_VERIFY(status().startsWith("Finished, "_L1));
    child<QAction>(m_test->window, u"clearTransfers"_s).trigger();
    QTRY_COMPARE(transfers().model()->rowCount(), 0);
}

void TestMainWindowExport::asksBeforeItReplacesAFile()
{
    QFileDialog &dialog = askForFile();
    const QString name = child<QLineEdit>(dialog, u"fileNameEdit"_s).text();
    QFile file(m_target->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    file.close();
    // The dialog asks in a loop of its own.
    QTimer::singleShot(0, this, [] {
        if (auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget()))
            box->button(QMessageBox::No)->click();
    });
    QTest::keyClick(&child<QLineEdit>(dialog, u"fileNameEdit"_s), Qt::Key_Return);
    QVERIFY(dialog.isVisible());
    QCOMPARE(transfers().model()->rowCount(), 0);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("mine"));
}

void TestMainWindowExport::saysWhatWasWrongAndTriesAgain()
{
    bool isDamaged = true;
    m_registry->intercept([&](const TestRequest &request, const TestConnection &connection) {
        if (!isDamaged || !request.path().endsWith(m_digest))
            return false;
        connection.answer({200, QByteArray(m_content.size(), 'X'), {}});
        return true;
    });
    startExport();
    QTRY_VERIFY(status().startsWith("Failed: "_L1));
    QVERIFY2(status().contains("digest"_L1), qPrintable(status()));
    QVERIFY(files().isEmpty());
    press(awaitDialog(u"transferDialog"_s), u"close"_s);
    chooseRow(transfers(), transfers().model()->index(0, 0).data().toString());
    QVERIFY(child<QAction>(m_test->window, u"retryTransfer"_s).isEnabled());
    QVERIFY(!child<QAction>(m_test->window, u"openFolder"_s).isEnabled());
    isDamaged = false;
    child<QAction>(m_test->window, u"retryTransfer"_s).trigger();
    QTRY_VERIFY(status().endsWith("verified: "_L1 + m_digest));
}

void TestMainWindowExport::exportsALayerFromTheTagTree()
{
    m_test->window.actions().up->trigger();
    m_test->waitUntilSettled();
    QTreeView &tags = m_test->tags();
    const QPersistentModelIndex tag = rowOf(tags, u"1.0"_s);
    tags.expand(tag);
    const QPersistentModelIndex manifest = tags.model()->index(0, 0, tag);
    tags.expand(manifest);
    QTRY_COMPARE(tags.model()->rowCount(manifest), 2);
    chooseRow(tags, u"Layer 1"_s);
    startExport();
    QTRY_VERIFY(status().endsWith("verified: "_L1 + m_digest));
}

void TestMainWindowExport::remembersTheFolder()
{
    const QTemporaryDir other;
    QFileDialog &dialog = askForFile();
    child<QLineEdit>(dialog, u"fileNameEdit"_s).setText(other.filePath(u"mine.tar.gz"_s));
    accept(dialog);
    QTRY_VERIFY(status().startsWith("Finished, "_L1));
    QVERIFY(QFile::exists(other.filePath(u"mine.tar.gz"_s)));
    QCOMPARE(askForFile().directory().absolutePath(), other.path());
}

void TestMainWindowExport::asksBeforeItQuitsWithTransfers()
{
    HeldRequests held(*m_registry, "GET", "/blobs/"_L1 + m_digest);
    startExport();
    press(awaitDialog(u"transferDialog"_s), u"close"_s);
    QTRY_COMPARE(held.count(), qsizetype(1));
    QVERIFY(!m_test->window.close());
    QDialog &dialog = awaitDialog(u"quitDialog"_s);
    QVERIFY(child<QPushButton>(dialog, u"keepWindow"_s).isDefault());
    QTest::keyClick(&dialog, Qt::Key_Return);
    awaitNoDialog(u"quitDialog"_s);
    QVERIFY(m_test->window.isVisible());
    QCOMPARE(m_test->transfers.activeCount(), qsizetype(1));
    m_test->window.actions().quit->trigger();
    press(awaitDialog(u"quitDialog"_s), u"quitAnyway"_s);
    QTRY_VERIFY(!m_test->window.isVisible());
    QTRY_VERIFY(status().startsWith("Paused"_L1));
}

void TestMainWindowExport::quitsWhenTransfersAreFinished_data()
{
    QTest::addColumn<bool>("fails");
    QTest::newRow("finished") << false;
    QTest::newRow("failed") << true; // Somebody has to know.
}

void TestMainWindowExport::quitsWhenTransfersAreFinished()
{
    QFETCH(const bool, fails);
    HeldRequests held(*m_registry, "GET", "/blobs/"_L1 + m_digest);
    startExport();
    press(awaitDialog(u"transferDialog"_s), u"close"_s);
    QTRY_COMPARE(held.count(), qsizetype(1));
    QVERIFY(!m_test->window.close());
    press(awaitDialog(u"quitDialog"_s), u"quitWhenFinished"_s);
    awaitNoDialog(u"quitDialog"_s);
    QVERIFY(m_test->window.isVisible());
    QCOMPARE(m_test->transfers.activeCount(), qsizetype(1));
    if (fails)
        m_registry->removeRepository(u"team/app"_s); // Somebody was quicker.
    held.release();
    QTRY_COMPARE(m_test->transfers.activeCount(), qsizetype(0));
    QTRY_COMPARE(m_test->window.isVisible(), fails);
    QVERIFY(status().startsWith(fails ? "Failed"_L1 : "Finished"_L1));
}

LONGSHORE_UI_TEST(TestMainWindowExport)
#include "tst_mainwindow_export.moc"
