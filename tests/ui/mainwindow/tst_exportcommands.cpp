// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/heldrequests.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/mainwindow/exportcommands.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/transferpresenter.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using State = TransferRow::State;

/// From the question for a file to the transfer; tst_mainwindow_export comes to it by hand.
class TestExportCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void proposesANameInTheFolderOfTheLastTime();
    void saysWhichLayerItIs_data();
    void saysWhichLayerItIs();
    void savesWhatTheRegistryHasByEnter();
    void leavesNothingBehindByEscape();
    void remembersOnlyAFolderThatWasChosen();
    void replacesAFileOnlyWhenItIsWhole();
    void fitsAnyNameIntoTheFolder();
    void exportsSeveralAtOnce();
    void exportsAnImageInAFormThatIsChosen();
    void exportsSeveralImagesTogether();
    void savesWhatWasDraggedBesideWhatIsThere();

private:
    QFileDialog &ask(const Reference &image, int number = 2);
    QFileDialog &ask() { return ask(*Tag::parse(u"1.0")); }
    static void accept(const QFileDialog &dialog)
    {
        QTest::keyClick(&child<QLineEdit>(dialog, u"fileNameEdit"_s), Qt::Key_Return);
        awaitNoDialog(u"exportDialog"_s);
    }
    [[nodiscard]] static QString proposal(const QFileDialog &dialog)
    {
        return child<QLineEdit>(dialog, u"fileNameEdit"_s).text();
    }
    [[nodiscard]] const TransferRow &row() const { return m_model->rows().last(); }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_target->path()).entryList(QDir::Files | QDir::Hidden);
    }

    Network m_network;
    std::unique_ptr<QTemporaryDir> m_target;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
    std::optional<Descriptor> m_layer;
    std::unique_ptr<WindowSettings> m_settings;
    std::unique_ptr<TransferQueue> m_queue;
    std::unique_ptr<TransferListModel> m_model;
    std::unique_ptr<TransferPresenter> m_transfers;
    std::unique_ptr<QWidget> m_window;
    ExportCommands *m_export = nullptr; ///< Belongs to the window.
};

void TestExportCommands::init()
{
    m_target = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_layer = m_registry->addBlob(u"team/app"_s, "the bytes of a layer");
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
    m_settings = std::make_unique<WindowSettings>(m_target->filePath(u"settings/window.ini"_s));
    m_settings->setExportFolder(m_target->path());
    m_queue = std::make_unique<TransferQueue>();
    m_model = std::make_unique<TransferListModel>();
    m_transfers = std::make_unique<TransferPresenter>(*m_queue, *m_model);
    m_window = std::make_unique<QWidget>();
    m_window->show();
    m_export = new ExportCommands(*m_transfers, *m_model, *m_settings, m_window.get());
}

void TestExportCommands::cleanup()
{
    m_window.reset();
    m_transfers.reset();
    m_model.reset();
    m_queue.reset();
    m_session.reset();
    m_registry.reset();
}

QFileDialog &TestExportCommands::ask(const Reference &image, int number)
{
    m_export->exportLayer(m_session, *RepositoryName::parse(u"team/app"),
                          {image, *m_layer, number});
    auto *dialog = qobject_cast<QFileDialog *>(&awaitDialog(u"exportDialog"_s));
    if (!QTest::qWaitForWindowActive(dialog))
        qFatal("the dialog does not come to the front");
    return *dialog;
}

void TestExportCommands::proposesANameInTheFolderOfTheLastTime()
{
    const QFileDialog &dialog = ask();
    QCOMPARE(dialog.windowTitle(), u"Export Layer 2"_s);
    QCOMPARE(dialog.directory().absolutePath(), m_target->path());
    QCOMPARE(proposal(dialog), "app_1.0_02_"_L1 + m_layer->digest.shortText() + ".tar.gz"_L1);
    QVERIFY(m_registry->requests().isEmpty()); // Nothing is read before somebody has agreed.
}

void TestExportCommands::saysWhichLayerItIs_data()
{
    QTest::addColumn<QString>("digest");
    QTest::addColumn<QString>("source");
    const QString digest = Digest::ofBytes("x").toString();
    QTest::newRow("tag") << QString() << u"team/app:1.0, layer 2"_s;
    QTest::newRow("digest") << digest << QString("team/app@"_L1 + digest + ", layer 2"_L1);
}

void TestExportCommands::saysWhichLayerItIs()
{
    QFETCH(QString, digest);
    QFETCH(QString, source);
    accept(digest.isEmpty() ? ask() : ask(*Digest::parse(digest)));
    QCOMPARE(row().source, source);
    const QDialog &progress = awaitDialog(u"transferDialog"_s);
    QVERIFY(child<QLabel>(progress, u"transferTitle"_s).text().endsWith(source));
}

void TestExportCommands::savesWhatTheRegistryHasByEnter()
{
    const QString name = proposal(ask());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    awaitNoDialog(u"exportDialog"_s);
    QVERIFY(!awaitDialog(u"transferDialog"_s).isModal()); // The window stays usable.
    QTRY_COMPARE(row().state, State::Finished);
    QCOMPARE(row().digest, m_layer->digest.toString());
    QFile file(m_target->filePath(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "the bytes of a layer");
}

void TestExportCommands::leavesNothingBehindByEscape()
{
    const QPointer<QDialog> dialog = &ask();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(openDialogs(u"transferDialog"_s), qsizetype(0));
    QVERIFY(files().isEmpty());
    QVERIFY(m_registry->requests().isEmpty());
}

void TestExportCommands::remembersOnlyAFolderThatWasChosen()
{
    const QTemporaryDir other;
    QFileDialog &dropped = ask();
    dropped.setDirectory(other.path());
    dropped.reject();
    QCOMPARE(m_settings->exportFolder(), m_target->path());
    QFileDialog &taken = ask();
    child<QLineEdit>(taken, u"fileNameEdit"_s).setText(other.filePath(u"mine"_s));
    accept(taken);
    QCOMPARE(m_settings->exportFolder(), other.path());
    QTRY_VERIFY(QFile::exists(other.filePath(u"mine"_s)));
}

void TestExportCommands::replacesAFileOnlyWhenItIsWhole()
{
    const QString path = m_target->filePath(u"mine"_s);
    const auto content = [&] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QFile mine(path);
    QVERIFY(mine.open(QIODevice::WriteOnly) && mine.write("mine") == 4);
    mine.close();
    bool isDamaged = true;
    m_registry->intercept([&](const TestRequest &, const TestConnection &connection) {
        if (isDamaged)
            connection.answer({200, "other bytes, as many"});
        return isDamaged;
    });
    // The dialog has asked by then whether the file may be replaced.
    emit ask().fileSelected(path);
    QTRY_COMPARE(row().state, State::Failed);
    QCOMPARE(content(), "mine");
    QCOMPARE(files(), QStringList{u"mine"_s});
    isDamaged = false;
    m_transfers->retry(row().id);
    QTRY_COMPARE(row().state, State::Finished);
    QCOMPARE(content(), "the bytes of a layer");
}

void TestExportCommands::fitsAnyNameIntoTheFolder()
{
    const QString proposed = proposal(ask(*Tag::parse(QString(128, u'x'))));
    QVERIFY(!proposed.contains(u'/') && proposed.size() <= 255);
    QVERIFY(proposed.endsWith(".tar.gz"_L1));
}

void TestExportCommands::exportsSeveralAtOnce()
{
    HeldRequests held(*m_registry, "GET", u"/blobs/"_s);
    accept(ask(*Tag::parse(u"1.0"), 1));
    accept(ask(*Tag::parse(u"1.0"), 2));
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(openDialogs(u"transferDialog"_s), qsizetype(2)); // Each shows its own.
    QTRY_COMPARE(held.count(), qsizetype(2));
    held.release();
    QTRY_COMPARE(files().size(), qsizetype(2));
}

void TestExportCommands::exportsAnImageInAFormThatIsChosen()
{
    const Digest digest = TestImages::addImage(*m_registry, u"team/app"_s, u"2.0"_s);
    m_export->exportImages(m_session, *RepositoryName::parse(u"team/app"), {*Tag::parse(u"2.0")});
    QDialog &dialog = awaitDialog(u"exportImageDialog"_s);
    child<QComboBox>(dialog, u"form"_s).setCurrentIndex(1);
    QTRY_VERIFY(child<QPushButton>(dialog, u"export"_s).isEnabled());
    press(dialog, u"export"_s);
    awaitNoDialog(u"exportImageDialog"_s);
    QTRY_COMPARE(row().state, State::Finished);
    QCOMPARE(row().title, u"app_2.0.tar"_s);
    QCOMPARE(row().source, u"team/app:2.0"_s);
    QCOMPARE(row().digest, digest.toString());
    QCOMPARE(files(), QStringList{u"app_2.0.tar"_s});
    QCOMPARE(QDir(m_settings->exportFolder()), QDir(m_target->path()));
}

void TestExportCommands::exportsSeveralImagesTogether()
{
    for (const QString &tag : {u"2.0"_s, u"3.0"_s})
        TestImages::addImage(*m_registry, u"team/app"_s, tag);
    m_export->exportImages(m_session, *RepositoryName::parse(u"team/app"),
                           {*Tag::parse(u"2.0"), *Tag::parse(u"3.0")});
    QDialog &dialog = awaitDialog(u"exportImageDialog"_s);
    child<QComboBox>(dialog, u"form"_s).setCurrentIndex(1);
    QTRY_VERIFY(child<QPushButton>(dialog, u"export"_s).isEnabled());
    press(dialog, u"export"_s);
    awaitNoDialog(u"exportImageDialog"_s);
    QTRY_COMPARE(row().state, State::Finished);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(files(), QStringList{u"app_images.tar"_s});
    QFile archive(m_target->filePath(u"app_images.tar"_s));
    QVERIFY(archive.open(QIODevice::ReadOnly));
    const QByteArray start = archive.read(8192); // The lists come first.
    QVERIFY(start.contains(":2.0") && start.contains(":3.0"));
}

void TestExportCommands::savesWhatWasDraggedBesideWhatIsThere()
{
    const auto repository = *RepositoryName::parse(u"team/app");
    const Reference image = *Tag::parse(u"1.0");
    const QString path = m_target->filePath(u"layer.tar.gz"_s);
    QVERIFY(SafeFile::writeFile(path, "mine"));
    HeldRequests held(*m_registry, "GET", u"/blobs/"_s);
    // The second comes before the first has its name.
    for (int i = 0; i < 2; ++i)
        m_export->save(m_session, repository, {path, {image}, LayerChoice{image, *m_layer, 1}});
    QCOMPARE(openDialogs(u"transferDialog"_s),
             qsizetype(0)); // Nothing is asked, nothing in the way.
    QTRY_COMPARE(held.count(), qsizetype(2));
    held.release();
    for (const int number : {2, 3}) {
        const QString name = u"layer (%1).tar.gz"_s.arg(number);
        QTRY_VERIFY2(files().contains(name), qPrintable(name));
    }
    QCOMPARE(QFileInfo(path).size(), qint64(4));
    QCOMPARE(row().source, u"team/app:1.0, layer 1"_s);
}

LONGSHORE_UI_TEST(TestExportCommands)
#include "tst_exportcommands.moc"
