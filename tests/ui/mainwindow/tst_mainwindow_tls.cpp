// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/tlsserver.h"
#include "support/uitest.h"
#include "ui/models/registrytreemodel.h"

#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QToolButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Registries that nobody vouches for, from the first connection to the day on which their
/// certificate is another one.
class TestMainWindowTls : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void trustsACertificateThatThePersonHasSeen();
    void reportsAnotherCertificateAndDoesNotAcceptIt();
    void trustsAnotherCertificateOnlyWhenToldTo();
    void showsThatNothingIsVerified();
    void keepsTheAccountOfTheSession();
    void saysWhichFileIsNotThere();

private:
    void restart();
    [[nodiscard]] QDialog &connectDialog();
    /// Connects to the server, and trusts its certificate.
    void trust();
    [[nodiscard]] QModelIndex connection() const
    {
        return m_test->registries().model()->index(0, 0);
    }
    [[nodiscard]] bool waitForList() const;
    [[nodiscard]] bool waitForFailure(const QString &words) const;
    [[nodiscard]] QString label(const QString &name) const
    {
        return child<QLabel>(m_test->window, name).text();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TlsServer> m_server;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowTls::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->addRepository(u"app"_s);
    m_server = std::make_unique<TlsServer>(u"selfsigned.pem"_s);
    m_server->passOnTo(m_registry->port());
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestMainWindowTls::cleanup()
{
    m_test.reset();
    m_server.reset();
}

void TestMainWindowTls::restart()
{
    m_test.reset();
    m_test = std::make_unique<TestWindow>(m_folder->path());
    m_test->registries().expand(connection());
}

QDialog &TestMainWindowTls::connectDialog()
{
    m_test->window.actions().connectTo->trigger();
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    fillIn(dialog, u"address"_s, m_server->host());
    return dialog;
}

void TestMainWindowTls::trust()
{
    QDialog &dialog = connectDialog();
    press(dialog, u"test"_s);
    press(dialog, u"showCertificate"_s);
    press(awaitDialog(u"certificateDialog"_s), u"trust"_s);
    awaitNoDialog(u"certificateDialog"_s);
    press(dialog, u"connect"_s);
    awaitNoDialog(u"connectDialog"_s);
}

bool TestMainWindowTls::waitForList() const
{
    return QTest::qWaitFor(
        [this] {
            return m_test->registries().model()->index(0, 0, connection()).data() == u"app"_s;
        },
        20'000);
}

bool TestMainWindowTls::waitForFailure(const QString &words) const
{
    return QTest::qWaitFor([&] { return label(u"messageText"_s).contains(words); }, 20'000);
}

void TestMainWindowTls::trustsACertificateThatThePersonHasSeen()
{
    trust();
    QVERIFY(waitForList());
    QTRY_VERIFY(label(u"connectionStatus"_s).contains(u"pinned certificate"_s));
    QVERIFY(connection().data(Qt::AccessibleDescriptionRole).toString().contains(u"no other"_s));
    restart();
    QVERIFY(waitForList());
    QCOMPARE(openDialogs(u"connectDialog"_s), qsizetype(0));
}

void TestMainWindowTls::reportsAnotherCertificateAndDoesNotAcceptIt()
{
    trust();
    QVERIFY(waitForList());
    m_server->setCertificate(u"another.pem"_s);
    const QByteArray before = m_server->received();
    const QString pin = m_test->connections.connections().first().tls.pin;
    restart();
    QVERIFY(waitForFailure(u"another certificate"_s));
    QCOMPARE(connection().data(RegistryTreeModel::StateRole).value<RegistryTreeModel::State>(),
             RegistryTreeModel::State::Failed);
    press(m_test->window, u"showCertificateButton"_s);
    QDialog &dialog = awaitDialog(u"certificateDialog"_s);
    QTRY_VERIFY(dialog.focusWidget());
    QTest::keyClick(dialog.focusWidget(), Qt::Key_Return);
    awaitNoDialog(u"certificateDialog"_s);
    QCOMPARE(m_test->connections.connections().first().tls.pin, pin);
    QCOMPARE(m_server->received(), before);
}

void TestMainWindowTls::trustsAnotherCertificateOnlyWhenToldTo()
{
    trust();
    QVERIFY(waitForList());
    m_server->setCertificate(u"another.pem"_s);
    restart();
    QVERIFY(waitForFailure(u"another certificate"_s));
    press(m_test->window, u"showCertificateButton"_s);
    press(awaitDialog(u"certificateDialog"_s), u"trust"_s);
    QVERIFY(waitForList());
    QVERIFY(!child<QWidget>(m_test->window, u"messageBar"_s).isVisible());
    restart();
    QVERIFY(waitForList());
}

void TestMainWindowTls::showsThatNothingIsVerified()
{
    QDialog &dialog = connectDialog();
    press(dialog, u"security"_s);
    child<QCheckBox>(dialog, u"unverified"_s).click();
    press(dialog, u"connect"_s);
    QVERIFY(waitForList());
    for (int times = 0; times < 2; ++times) { // And once more after a restart.
        QVERIFY(connection().data().toString().endsWith(u"not verified"_s));
        chooseRow(m_test->registries(), connection().data().toString());
        QTRY_VERIFY(label(u"connectionStatus"_s).contains(u"not verified"_s));
        QVERIFY(child<QLabel>(m_test->window, u"protection"_s).isVisible());
        restart();
        QVERIFY(waitForList());
    }
}

void TestMainWindowTls::keepsTheAccountOfTheSession()
{
    m_registry->behaviour = {
        .signIn = FakeRegistry::SignIn::Basic, .user = "me", .password = "CANARY"};
    QDialog &dialog = connectDialog();
    fillIn(dialog, u"user"_s, u"me"_s);
    fillIn(dialog, u"password"_s, u"CANARY"_s);
    press(dialog, u"connect"_s);
    QVERIFY(waitForFailure(u"nobody but itself"_s));
    QVERIFY(!m_server->received().contains("GET"));
    press(m_test->window, u"showCertificateButton"_s);
    press(awaitDialog(u"certificateDialog"_s), u"trust"_s);
    QVERIFY(waitForList());
    QFile file(m_folder->filePath(u"connections.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray stored = file.readAll();
    QVERIFY(stored.contains("pinnedSha256") && !stored.contains("CANARY"));
}

void TestMainWindowTls::saysWhichFileIsNotThere()
{
    QDialog &dialog = connectDialog();
    press(dialog, u"security"_s);
    fillIn(dialog, u"authorities"_s, u"/nowhere/ca.pem"_s);
    press(dialog, u"connect"_s);
    QVERIFY(waitForFailure(u"/nowhere/ca.pem"_s));
    QCOMPARE(m_server->received(), "");
}

LONGSHORE_UI_TEST(TestMainWindowTls)
#include "tst_mainwindow_tls.moc"
