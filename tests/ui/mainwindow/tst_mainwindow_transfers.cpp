// SPDX-License-Identifier: Apache-2.0
#include "core/http/ratelimit.h"
#include "support/heldrequests.h"
#include "support/testimages.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/models/transferlistmodel.h"
#include "ui/pages/imagepage.h"

#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTreeView>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

constexpr qsizetype arrived = 100'000;
constexpr auto killedHost = "LONGSHORE_TEST_KILLED_HOST";
constexpr auto killedFolder = "LONGSHORE_TEST_KILLED_FOLDER";

/// Transfers that are not finished when the program ends.
class TestMainWindowTransfers : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void comeBackPausedAndGoOn();
    void comeBackAfterAKill();
    void doNotComeBackWhenTheyAreOver();
    void asksForThePassword();
    void tellsThatTheConnectionIsGone();
    void tellsWhatCouldNotBeRead();
    void takesAndRemembersItsLimits();
    void pausesContinuesAndTriesAgainAll();

private:
    void start();
    void restart();
    void startExport(const QString &host);
    void startExport() { startExport(m_registry->host()); }
    void sendHalfAtFirst();
    void resume();
    [[nodiscard]] bool isChild() const { return qEnvironmentVariableIsSet(killedHost); }
    [[nodiscard]] QTreeView &transfers() const
    {
        return child<QTreeView>(m_test->window, u"transfers"_s);
    }
    [[nodiscard]] QString status(int row = 0) const
    {
        return transfers().model()->index(row, 0).data(TransferListModel::StatusRole).toString();
    }
    [[nodiscard]] bool hasAskedForTheRest() const
    {
        return std::any_of(m_registry->requests().begin(), m_registry->requests().end(),
                           [](const auto &one) { return one.header("range") == "bytes=100000-"; });
    }
    [[nodiscard]] qint64 keptBytes() const
    {
        const QFileInfoList kept = QDir(m_folder->path() + "/out"_L1)
                                       .entryInfoList({u".*.kept"_s}, QDir::Files | QDir::Hidden);
        return kept.isEmpty() ? -1 : kept.constFirst().size();
    }

    const QByteArray m_content = QByteArray(2 * arrived, 'a') + QByteArray(arrived, 'b');
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowTransfers::init()
{
    if (isChild())
        return; // It has the folder and the registry of its parent.
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(m_folder->filePath(u"out"_s)));
    m_registry = std::make_unique<FakeRegistry>();
    TestImages::addImage(*m_registry, u"team/app"_s, u"1.0"_s, {.layers = {m_content}});
    start();
}

void TestMainWindowTransfers::cleanup()
{
    m_test.reset();
    m_registry.reset();
}

void TestMainWindowTransfers::start()
{
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->settings.setExportFolder(m_folder->filePath(u"out"_s));
}

void TestMainWindowTransfers::restart()
{
    m_test->window.closeNow();
    m_test.reset();
    start();
}

void TestMainWindowTransfers::startExport(const QString &host)
{
    m_test->open(host + "/team/app:1.0"_L1);
    child<QTabWidget>(*m_test->page<ImagePage>(), u"imageTabs"_s).setCurrentIndex(2);
    chooseRow(child<QTableView>(*m_test->page<ImagePage>(), u"layers"_s), u"1"_s);
    m_test->window.actions().exportLayer->trigger();
    QTest::keyClick(&child<QLineEdit>(awaitDialog(u"exportDialog"_s), u"fileNameEdit"_s),
                    Qt::Key_Return);
    awaitNoDialog(u"exportDialog"_s);
    press(awaitDialog(u"transferDialog"_s), u"close"_s);
}

/// Of the layer; the rest comes only for whoever asks for it.
void TestMainWindowTransfers::sendHalfAtFirst()
{
    m_registry->intercept([this](const TestRequest &request, const TestConnection &connection) {
        if (!request.path().endsWith(Digest::ofBytes(m_content).toString())
            || !request.header("range").isEmpty())
            return false;
        connection.sendRaw("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n"
                           + m_content.first(arrived));
        return true;
    });
}

void TestMainWindowTransfers::resume()
{
    transfers().setCurrentIndex(transfers().model()->index(0, 0));
    auto &action = child<QAction>(m_test->window, u"resumeTransfer"_s);
    QVERIFY(action.isEnabled());
    action.trigger();
}

void TestMainWindowTransfers::comeBackPausedAndGoOn()
{
    sendHalfAtFirst();
    startExport();
    QTRY_COMPARE(keptBytes(), arrived);
    restart();
    QVERIFY(child<QDockWidget>(m_test->window, u"transfersDock"_s).isVisible());
    QVERIFY2(status().startsWith("Paused"_L1), qPrintable(status()));
    QCOMPARE(transfers().model()->index(0, 0).data(TransferListModel::SourceRole).toString(),
             u"team/app:1.0, layer 1"_s);
    m_registry->forgetRequests();
    QVERIFY(!m_test->window.isHidden() && m_registry->requests().isEmpty());
    resume(); // Nobody has opened the connection.
    QTRY_VERIFY2(status().startsWith("Finished, "_L1), qPrintable(status()));
    QVERIFY(hasAskedForTheRest());
    restart();
    QCOMPARE(transfers().model()->rowCount(), 0);
    QVERIFY(!child<QDockWidget>(m_test->window, u"transfersDock"_s).isVisible());
}

/// The child exports until it is killed; it never gets further than to the half.
void TestMainWindowTransfers::comeBackAfterAKill()
{
    if (isChild()) {
        m_test = std::make_unique<TestWindow>(qEnvironmentVariable(killedFolder));
        m_test->settings.setExportFolder(qEnvironmentVariable(killedFolder) + "/out"_L1);
        startExport(qEnvironmentVariable(killedHost));
        (void)QTest::qWaitFor([] { return false; }, 60'000);
        QFAIL("nobody has killed it");
    }
    m_test.reset();
    sendHalfAtFirst();
    QProcess killed;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(killedHost), m_registry->host());
    environment.insert(QString::fromLatin1(killedFolder), m_folder->path());
    killed.setProcessEnvironment(environment);
    killed.setProcessChannelMode(QProcess::ForwardedChannels);
    killed.start(QCoreApplication::applicationFilePath(), {u"comeBackAfterAKill"_s});
    QTRY_COMPARE_WITH_TIMEOUT(keptBytes(), arrived, 30'000);
    killed.kill();
    QVERIFY(killed.waitForFinished());
    start();
    QVERIFY2(status().startsWith("Paused"_L1), qPrintable(status()));
    resume();
    QTRY_VERIFY2(status().startsWith("Finished, "_L1), qPrintable(status()));
    QVERIFY(hasAskedForTheRest());
    const QDir out(m_folder->filePath(u"out"_s));
    QCOMPARE(out.entryList(QDir::Files | QDir::Hidden).size(), qsizetype(1));
    QFile file(out.filePath(out.entryList(QDir::Files).constFirst()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), m_content);
}

void TestMainWindowTransfers::doNotComeBackWhenTheyAreOver()
{
    HeldRequests held(*m_registry, "GET", "/blobs/"_L1 + Digest::ofBytes(m_content).toString());
    startExport();
    QTRY_COMPARE(held.count(), qsizetype(1));
    transfers().setFocus();
    QTest::keyClick(&transfers(), Qt::Key_Delete);
    QTRY_COMPARE(status(), u"Cancelled"_s);
    restart();
    QCOMPARE(transfers().model()->rowCount(), 0);
    QTRY_COMPARE(keptBytes(), -1);
}

void TestMainWindowTransfers::asksForThePassword()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::Basic;
    m_test->window.openText(m_registry->host());
    const auto signIn = [] {
        QDialog &dialog = awaitDialog(u"connectDialog"_s);
        fillIn(dialog, u"user"_s, u"user"_s);
        fillIn(dialog, u"password"_s, u"secret"_s);
        press(dialog, u"connect"_s);
        awaitNoDialog(u"connectDialog"_s);
    };
    signIn();
    sendHalfAtFirst();
    startExport();
    QTRY_COMPARE(keptBytes(), arrived);
    restart();
    resume();
    (void)awaitDialog(u"connectDialog"_s);
    QTRY_VERIFY2(status().startsWith("Waiting for sign-in: "_L1), qPrintable(status()));
    QCOMPARE(openDialogs(u"connectDialog"_s), qsizetype(1));
    signIn();
    QTRY_VERIFY2(status().startsWith("Finished, "_L1), qPrintable(status()));
    QVERIFY(hasAskedForTheRest());
}

void TestMainWindowTransfers::tellsThatTheConnectionIsGone()
{
    const HeldRequests held(*m_registry, "GET",
                            "/blobs/"_L1 + Digest::ofBytes(m_content).toString());
    startExport();
    QTRY_COMPARE(held.count(), qsizetype(1));
    m_test->window.closeNow();
    m_test.reset();
    QVERIFY(QFile::remove(m_folder->filePath(u"connections.json"_s)));
    start();
    QCOMPARE(status(), u"Failed: The connection that it used was removed."_s);
    child<QAction>(m_test->window, u"retryTransfer"_s).trigger();
    QTRY_COMPARE(status(), u"Failed: The connection that it used was removed."_s);
    restart();
    QCOMPARE(transfers().model()->rowCount(), 1); // Until somebody takes it out of the list.
}

void TestMainWindowTransfers::tellsWhatCouldNotBeRead()
{
    m_test.reset();
    QVERIFY(QDir().mkpath(m_folder->filePath(u"transfers"_s)));
    QFile file(m_folder->filePath(u"transfers/transfers.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{ not json") > 0);
    file.close();
    start();
    const auto &text = child<QLabel>(*m_test->window.centralWidget(), u"messageText"_s);
    QVERIFY(text.isVisible());
    QVERIFY2(text.text().contains("transfers.json.unreadable-"_L1), qPrintable(text.text()));
}

void TestMainWindowTransfers::takesAndRemembersItsLimits()
{
    QCOMPARE(m_test->transfers.limit(), 3);
    QCOMPARE(rateLimitOf(m_test->network.transfers)->bytesPerSecond(), 0);
    m_test->window.actions().transferLimits->trigger();
    QDialog &dialog = awaitDialog(u"transferLimitsDialog"_s);
    child<QSpinBox>(dialog, u"parallel"_s).setValue(5);
    press(dialog, u"isLimited"_s);
    child<QSpinBox>(dialog, u"speed"_s).setValue(10);
    press(dialog, u"ok"_s);
    awaitNoDialog(u"transferLimitsDialog"_s);
    QCOMPARE(m_test->transfers.limit(), 5);
    QCOMPARE(rateLimitOf(m_test->network.transfers)->bytesPerSecond(), 10 * 1024);
    restart();
    QCOMPARE(m_test->transfers.limit(), 5);
    QCOMPARE(rateLimitOf(m_test->network.transfers)->bytesPerSecond(), 10 * 1024);
}

void TestMainWindowTransfers::pausesContinuesAndTriesAgainAll()
{
    HeldRequests held(*m_registry, "GET", "/blobs/"_L1 + Digest::ofBytes(m_content).toString());
    startExport();
    QTRY_COMPARE(held.count(), qsizetype(1));
    m_test->window.actions().pauseAll->trigger();
    QTRY_COMPARE(status(), u"Paused"_s);
    held.release();
    m_registry->failNext("GET", Digest::ofBytes(m_content).toString(), {404});
    m_test->window.actions().continueAll->trigger();
    QTRY_VERIFY2(status().startsWith("Failed: "_L1), qPrintable(status()));
    m_test->window.actions().continueAll->trigger();
    QVERIFY(status().startsWith("Failed: "_L1)); // It is not paused.
    m_test->window.actions().retryFailed->trigger();
    QTRY_VERIFY2(status().startsWith("Finished, "_L1), qPrintable(status()));
}

LONGSHORE_UI_TEST(TestMainWindowTransfers)
#include "tst_mainwindow_transfers.moc"
