// SPDX-License-Identifier: Apache-2.0
#include "support/gzip.h"
#include "support/snapshot.h"
#include "support/testarchive.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/models/transferlistmodel.h"
#include "ui/pages/imagepage.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Several layers of an image that are saved together.
class TestMainWindowLayers : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void savesTheChosenOnesAsTheyAreStored();
    void savesThemAsPlainTars();
    void savesOneAsAPlainTar();
    void offersNothingWithoutALayer();
    void passesTheChecksOfEveryDialog();

private:
    [[nodiscard]] QTableView &layers() const
    {
        return child<QTableView>(*m_test->page<ImagePage>(), u"layers"_s);
    }
    /// Adds rows to what is selected, as Ctrl and a click do.
    void choose(const QList<int> &rows) const
    {
        layers().clearSelection();
        for (const int row : rows)
            QTest::mouseClick(layers().viewport(), Qt::LeftButton, Qt::ControlModifier,
                              layers().visualRect(layers().model()->index(row, 0)).center());
    }
    QDialog &ask(const QAction *action) const
    {
        const_cast<QAction *>(action)->trigger();
        return awaitDialog(u"exportImageDialog"_s);
    }
    /// What is in the folder, once the transfer of the dialog is finished.
    [[nodiscard]] QStringList filesOf(QDialog &dialog)
    {
        const QString folder = child<QLineEdit>(dialog, u"target"_s).text();
        press(dialog, u"export"_s);
        const QModelIndex transfer =
            child<QTreeView>(m_test->window, u"transfers"_s).model()->index(0, 0);
        const auto isFinished = [&transfer] {
            return transfer.data(TransferListModel::StatusRole)
                .toString()
                .startsWith("Finished, "_L1);
        };
        if (!QTest::qWaitFor(isFinished, 20'000))
            qWarning() << transfer.data(TransferListModel::StatusRole);
        return QDir(folder).entryList(QDir::Files | QDir::Hidden);
    }

    QList<QByteArray> m_tars;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowLayers::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_tars.clear();
    QList<QByteArray> stored;
    for (const char *name : {"one", "two", "three"}) {
        m_tars.append(TestArchive().add(name, name).bytes());
        stored.append(gzipped(m_tars.last()));
    }
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.0"_s,
                         {.layers = stored, .contents = m_tars});
    m_test = std::make_unique<TestWindow>(m_folder->filePath(u"home"_s));
    m_test->settings.setExportFolder(m_folder->path());
    m_test->open(m_registry->host() + "/team/app:1.0"_L1);
    child<QTabWidget>(*m_test->page<ImagePage>(), u"imageTabs"_s).setCurrentIndex(2);
}

void TestMainWindowLayers::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestMainWindowLayers::savesTheChosenOnesAsTheyAreStored()
{
    choose({2, 0});
    QDialog &dialog = ask(m_test->window.actions().exportLayer);
    QCOMPARE(child<QLabel>(dialog, u"image"_s).text(), u"team/app:1.0, layers 1, 3"_s);
    QVERIFY(!child<QWidget>(dialog, u"platform"_s).isVisible());
    snap(dialog, u"export-layers"_s);
    const QStringList files = filesOf(dialog);
    QCOMPARE(files.size(), qsizetype(2));
    QVERIFY(files.first().startsWith("01_"_L1) && files.last().startsWith("03_"_L1));
    for (const auto &[file, tar] :
         {std::pair(files.first(), m_tars.first()), {files.last(), m_tars.last()}}) {
        QFile saved(m_folder->filePath(u"app_1.0_layers/"_s + file));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(saved.readAll(), gzipped(tar));
    }
}

void TestMainWindowLayers::savesThemAsPlainTars()
{
    choose({0, 1});
    QDialog &dialog = ask(m_test->window.actions().exportLayers);
    child<QComboBox>(dialog, u"form"_s).setCurrentIndex(1);
    const QStringList files = filesOf(dialog);
    QCOMPARE(files, QStringList({u"01-%1.tar"_s.arg(Digest::ofBytes(m_tars.at(0)).shortText()),
                                 u"02-%1.tar"_s.arg(Digest::ofBytes(m_tars.at(1)).shortText())}));
    QFile saved(m_folder->filePath(u"app_1.0_layers/"_s + files.last()));
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), m_tars.at(1));
}

void TestMainWindowLayers::savesOneAsAPlainTar()
{
    choose({1});
    QDialog &dialog = ask(m_test->window.actions().exportLayers);
    QCOMPARE(child<QLabel>(dialog, u"image"_s).text(), u"team/app:1.0, layer 2"_s);
    child<QComboBox>(dialog, u"form"_s).setCurrentIndex(1);
    QCOMPARE(filesOf(dialog).size(), qsizetype(1));
}

void TestMainWindowLayers::offersNothingWithoutALayer()
{
    layers().clearSelection();
    for (const QAction *action :
         {m_test->window.actions().exportLayer, m_test->window.actions().exportLayers}) {
        QVERIFY(!action->isEnabled());
        QCOMPARE(action->toolTip(), u"Select a layer to export it."_s);
    }
    choose({1});
    QVERIFY(m_test->window.actions().exportLayers->isEnabled());
}

void TestMainWindowLayers::passesTheChecksOfEveryDialog()
{
    choose({0, 1});
    QDialog &dialog = ask(m_test->window.actions().exportLayers);
    dialog.activateWindow();
    QTRY_VERIFY(QApplication::focusWidget() && dialog.isAncestorOf(QApplication::focusWidget()));
    QCOMPARE(WidgetChecks::complaintsAbout(dialog).join(u'\n'), QString());
}

LONGSHORE_UI_TEST(TestMainWindowLayers)
#include "tst_mainwindow_layers.moc"
