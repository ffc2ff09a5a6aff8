// SPDX-License-Identifier: Apache-2.0
#include "core/auth/findcredentialsjob.h"
#include "core/auth/keychainjob.h"
#include "core/registry/registryaddress.h"
#include "support/outcome.h"
#include "support/testwindow.h"
#include "support/uitest.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using SignIn = SavedConnection::SignIn;

/// Where the window takes passwords from and where it keeps them; with a real keychain, which
/// with-keyring.sh starts.
class TestMainWindowSignIn : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void keepsThePasswordInTheKeychain();
    void keepsThePasswordOutOfTheKeychainWhenAsked();
    void keepsAnIdentityTokenInTheKeychain();
    void takesThePasswordAwayWithTheConnection();
    void addsWhatDockerKnowsWithOneClick();
    void saysWhereTheSignInWouldComeFrom();
    void testsWithTheSignInOfDocker();
    void comesAnonymouslyWithoutTheHelper();
    void asksForAnotherSignInWhenDockersIsRejected();

private:
    void restart();
    /// Connects with the account of the registry; through the dialog, as a person does.
    void signIn(bool isKept);
    [[nodiscard]] bool waitForList() const;
    void writeDockerConfig(const QByteArray &content) const;
    [[nodiscard]] QByteArray dockerEntry(const QByteArray &pair) const;
    [[nodiscard]] const QLabel &status() const
    {
        return child<QLabel>(m_test->window, u"connectionStatus"_s);
    }
    [[nodiscard]] Secret kept(const QString &user = u"me"_s) const
    {
        KeychainJob *job = KeychainJob::read(KeychainJob::keyOf(m_registry->host(), user));
        job->setTimeLimit(std::chrono::seconds(20)); // The machine may be busy.
        return *outcomeOf(job);
    }
    [[nodiscard]] QByteArray content(const QString &path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    const QString m_dockerConfig = QDir::homePath() + u"/.docker/config.json";
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<TestWindow> m_test;
};

void TestMainWindowSignIn::initTestCase()
{
    const QString reason = qEnvironmentVariable("LONGSHORE_NO_KEYRING");
    if (!reason.isEmpty())
        QSKIP(qPrintable(reason));
}

void TestMainWindowSignIn::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<FakeRegistry>();
    m_registry->addRepository(u"app"_s);
    m_registry->behaviour = {
        .signIn = FakeRegistry::SignIn::Basic, .user = "me", .password = "CANARY"};
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestMainWindowSignIn::cleanup()
{
    m_test.reset();
    m_registry.reset();
    QFile::remove(m_dockerConfig);
}

void TestMainWindowSignIn::restart()
{
    m_test.reset();
    m_test = std::make_unique<TestWindow>(m_folder->path());
}

void TestMainWindowSignIn::signIn(bool isKept)
{
    m_test->window.actions().connectTo->trigger();
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    fillIn(dialog, u"address"_s, m_registry->host());
    fillIn(dialog, u"user"_s, u"me"_s);
    fillIn(dialog, u"password"_s, u"CANARY"_s);
    const auto &note = child<QLabel>(dialog, u"signInNote"_s);
    QTRY_VERIFY(note.text().contains(u"stored in the keychain"_s));
    if (!isKept) {
        child<QCheckBox>(dialog, u"keepPassword"_s).click();
        QVERIFY(note.text().contains(u"not stored"_s));
    }
    press(dialog, u"connect"_s);
    awaitNoDialog(u"connectDialog"_s);
    QVERIFY(waitForList());
}

bool TestMainWindowSignIn::waitForList() const
{
    return QTest::qWaitFor(
        [this] {
            const auto *model = m_test->registries().model();
            return model->rowCount() == 1 && model->rowCount(model->index(0, 0)) == 1;
        },
        20'000);
}

void TestMainWindowSignIn::writeDockerConfig(const QByteArray &content) const
{
    QVERIFY(QDir().mkpath(QFileInfo(m_dockerConfig).absolutePath()));
    QFile file(m_dockerConfig);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

QByteArray TestMainWindowSignIn::dockerEntry(const QByteArray &pair) const
{
    return R"({"auths":{")" + m_registry->host().toUtf8() + R"(":{"auth":")" + pair.toBase64()
           + R"("}}})";
}

void TestMainWindowSignIn::keepsThePasswordInTheKeychain()
{
    signIn(true);
    QTRY_VERIFY(kept() == Secret("CANARY"));
    QTRY_VERIFY(status().toolTip().contains(u"as entered"_s));
    const QByteArray stored = content(m_folder->filePath(u"connections.json"_s));
    QVERIFY(stored.contains("keychain") && !stored.contains("CANARY"));
    restart();
    m_test->registries().expand(m_test->registries().model()->index(0, 0));
    QVERIFY(waitForList());
    QCOMPARE(openDialogs(u"connectDialog"_s), qsizetype(0));
    chooseRow(m_test->registries(), m_registry->host());
    QTRY_VERIFY(status().text().contains(u"me"_s));
    QTRY_VERIFY(status().toolTip().contains(u"from the keychain"_s));
}

void TestMainWindowSignIn::keepsThePasswordOutOfTheKeychainWhenAsked()
{
    signIn(false);
    QVERIFY(kept().isEmpty());
    QVERIFY(m_test->connections.connections().first().signIn == SignIn::Session);
}

void TestMainWindowSignIn::keepsAnIdentityTokenInTheKeychain()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::None;
    m_test->window.actions().connectTo->trigger();
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    fillIn(dialog, u"address"_s, m_registry->host());
    child<QComboBox>(dialog, u"signIn"_s).setCurrentIndex(1);
    fillIn(dialog, u"password"_s, u"CANARY"_s);
    QTRY_VERIFY(
        child<QLabel>(dialog, u"signInNote"_s).text().contains(u"stored in the keychain"_s));
    press(dialog, u"connect"_s);
    QVERIFY(waitForList());
    QTRY_VERIFY(kept(Credentials::identityTokenUser) == Secret("CANARY"));
    const auto account = outcomeOf(new FindCredentialsJob(
        {.host = m_registry->host(), .keychainUser = Credentials::identityTokenUser}));
    QVERIFY(account->credentials == (Credentials{{}, {}, Secret("CANARY")}));
}

void TestMainWindowSignIn::takesThePasswordAwayWithTheConnection()
{
    signIn(true);
    QTRY_VERIFY(!kept().isEmpty());
    chooseRow(m_test->registries(), m_registry->host());
    m_test->window.actions().removeConnection->trigger();
    press(awaitDialog(u"removeConnectionDialog"_s), u"remove"_s);
    QTRY_VERIFY(kept().isEmpty());
}

void TestMainWindowSignIn::addsWhatDockerKnowsWithOneClick()
{
    const QByteArray config = dockerEntry("me:CANARY");
    writeDockerConfig(config);
    restart();
    const QString button = u"found_"_s + m_registry->host();
    QTRY_VERIFY(m_test->window.findChild<QWidget *>(button));
    QTRY_VERIFY(child<QWidget>(m_test->window, button).isVisible());
    press(m_test->window, button);
    QVERIFY(waitForList());
    QTRY_VERIFY(!m_test->window.findChild<QWidget *>(button));
    chooseRow(m_test->registries(), m_registry->host());
    QTRY_VERIFY(status().toolTip().contains(u".docker/config.json"_s));
    QCOMPARE(content(m_dockerConfig), config);
    QVERIFY(!content(m_folder->filePath(u"connections.json"_s)).contains("CANARY"));
    restart();
    m_test->registries().expand(m_test->registries().model()->index(0, 0));
    QVERIFY(waitForList());
}

void TestMainWindowSignIn::saysWhereTheSignInWouldComeFrom()
{
    writeDockerConfig(dockerEntry("me:CANARY"));
    m_test->window.actions().connectTo->trigger();
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    const auto &note = child<QLabel>(dialog, u"signInNote"_s);
    QVERIFY(note.text().contains(u"anonymously"_s));
    child<QComboBox>(dialog, u"signIn"_s).setCurrentIndex(2);
    fillIn(dialog, u"address"_s, u"other.lab"_s);
    QVERIFY(note.text().contains(u"Neither"_s));
    QVERIFY(!child<QLineEdit>(dialog, u"user"_s).isEnabled());
    fillIn(dialog, u"address"_s, m_registry->host());
    QTRY_VERIFY(note.text().contains(u".docker/config.json"_s));
}

void TestMainWindowSignIn::testsWithTheSignInOfDocker()
{
    writeDockerConfig(dockerEntry("me:CANARY"));
    m_test->window.actions().connectTo->trigger();
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    fillIn(dialog, u"address"_s, m_registry->host());
    child<QComboBox>(dialog, u"signIn"_s).setCurrentIndex(2);
    press(dialog, u"test"_s);
    const auto *steps = child<QListView>(dialog, u"connectionTest"_s).model();
    QTRY_VERIFY(steps->rowCount() == 6
                && steps->index(4, 0).data().toString().contains(u".docker/config.json"_s));
}

void TestMainWindowSignIn::comesAnonymouslyWithoutTheHelper()
{
    m_registry->behaviour.signIn = FakeRegistry::SignIn::None;
    writeDockerConfig(R"({"credsStore":"missing"})");
    m_test->connectTo(*m_registry);
    QVERIFY(waitForList());
    const auto &bar = child<QWidget>(*m_test->window.centralWidget(), u"messageBar"_s);
    QStringList texts;
    for (const QLabel *label : bar.findChildren<QLabel *>())
        texts.append(label->text());
    QVERIFY(texts.join(u' ').contains(u"docker-credential-missing is not installed"_s));
}

void TestMainWindowSignIn::asksForAnotherSignInWhenDockersIsRejected()
{
    writeDockerConfig(dockerEntry("me:wrong"));
    m_test->window.openText(m_registry->host());
    QDialog &dialog = awaitDialog(u"connectDialog"_s);
    QVERIFY(child<QLabel>(dialog, u"reason"_s).text().contains(u"rejected"_s));
    fillIn(dialog, u"user"_s, u"me"_s);
    fillIn(dialog, u"password"_s, u"CANARY"_s);
    press(dialog, u"connect"_s);
    QVERIFY(waitForList());
}

LONGSHORE_UI_TEST(TestMainWindowSignIn)
#include "tst_mainwindow_signin.moc"
