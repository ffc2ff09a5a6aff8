// SPDX-License-Identifier: Apache-2.0
#include "core/http/networkthread.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/connectdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using SignIn = SavedConnection::SignIn;

/// On a computer without a keychain; tst_mainwindow_signin has one.
class TestConnectDialog : public QObject
{
    Q_OBJECT

private slots:
    void saysPlainlyThatThereIsNoKeychain();
    void comesAnonymouslyWithoutAUser();
    void takesNoUserWithAColon();
    void keepsThePasswordForTheSession();
    void signsInWithAnIdentityToken();
    void takesTheSignInFromTheConfiguration();
    void opensAsItWasSaved_data();
    void opensAsItWasSaved();
    void asksForAnAccountWhenTheConfigurationDidNotDo();
    void beginsWithTheAddress();
    void canBeUsedByKeyboardWithBothChoices();

private:
    /// Opens the dialog and waits until it knows that there is no keychain.
    std::unique_ptr<ConnectDialog> open(const SavedConnection &connection = {});
    [[nodiscard]] static QString note(const QWidget &dialog)
    {
        return child<QLabel>(dialog, u"signInNote"_s).text();
    }

    Network m_network;
};

std::unique_ptr<ConnectDialog> TestConnectDialog::open(const SavedConnection &connection)
{
    auto dialog = std::make_unique<ConnectDialog>(m_network, connection);
    dialog->open();
    const auto &keep = child<QCheckBox>(*dialog, u"keepPassword"_s);
    const bool isKnown = QTest::qWaitFor([&] { return !keep.isVisible(); }, 20'000);
    if (!isKnown || !QTest::qWaitForWindowActive(dialog.get()))
        qFatal("the dialog does not come up");
    return dialog;
}

void TestConnectDialog::saysPlainlyThatThereIsNoKeychain()
{
    const auto dialog = open();
    fillIn(*dialog, u"user"_s, u"me"_s);
    QVERIFY(note(*dialog).contains(u"no password service"_s));
    QVERIFY(note(*dialog).contains(u"not stored"_s));
}

void TestConnectDialog::comesAnonymouslyWithoutAUser()
{
    const auto dialog = open();
    fillIn(*dialog, u"address"_s, u"reg.lab:5000"_s);
    QVERIFY(dialog->connection().signIn == SignIn::Anonymous);
    QVERIFY(dialog->credentials().isEmpty());
    QVERIFY(note(*dialog).contains(u"anonymously"_s));
    QVERIFY(!child<QLineEdit>(*dialog, u"password"_s).isEnabled());
}

void TestConnectDialog::takesNoUserWithAColon()
{
    const auto dialog = open();
    fillIn(*dialog, u"address"_s, u"reg.lab:5000"_s);
    fillIn(*dialog, u"user"_s, u"me:secret"_s);
    QVERIFY(note(*dialog).contains(u"colon"_s));
    QVERIFY(!note(*dialog).contains(u"secret"_s));
    QVERIFY(!child<QPushButton>(*dialog, u"connect"_s).isEnabled());
    QVERIFY(!child<QPushButton>(*dialog, u"test"_s).isEnabled());
    fillIn(*dialog, u"user"_s, u"me"_s);
    QVERIFY(child<QPushButton>(*dialog, u"connect"_s).isEnabled());
}

void TestConnectDialog::keepsThePasswordForTheSession()
{
    const auto dialog = open();
    fillIn(*dialog, u"address"_s, u"reg.lab:5000"_s);
    fillIn(*dialog, u"user"_s, u"me"_s);
    fillIn(*dialog, u"password"_s, u"secret"_s);
    QVERIFY(dialog->connection().signIn == SignIn::Session);
    QVERIFY((dialog->credentials() == Credentials{u"me"_s, Secret("secret")}));
}

void TestConnectDialog::signsInWithAnIdentityToken()
{
    const auto dialog = open();
    fillIn(*dialog, u"address"_s, u"reg.lab:5000"_s);
    child<QComboBox>(*dialog, u"signIn"_s).setCurrentIndex(1);
    QVERIFY(!child<QLineEdit>(*dialog, u"user"_s).isEnabled());
    QCOMPARE(child<QLineEdit>(*dialog, u"user"_s).placeholderText(),
             QString()); // It promised more.
    fillIn(*dialog, u"password"_s, u"secret"_s);
    QVERIFY(dialog->connection().signIn == SignIn::Session);
    QVERIFY((dialog->credentials() == Credentials{{}, {}, Secret("secret")}));
    const auto again = open(dialog->connection());
    QCOMPARE(child<QComboBox>(*again, u"signIn"_s).currentIndex(), 1);
    QCOMPARE(child<QLineEdit>(*again, u"user"_s).text(), QString());
}

void TestConnectDialog::takesTheSignInFromTheConfiguration()
{
    const auto dialog = open();
    fillIn(*dialog, u"address"_s, u"reg.lab:5000"_s);
    fillIn(*dialog, u"user"_s, u"me"_s);
    fillIn(*dialog, u"password"_s, u"secret"_s);
    child<QComboBox>(*dialog, u"signIn"_s).setCurrentIndex(2);
    QVERIFY(dialog->connection().signIn == SignIn::Configuration);
    QCOMPARE(dialog->connection().user, QString());
    QVERIFY(dialog->credentials().isEmpty());
    QVERIFY(note(*dialog).contains(u"Neither is known"_s));
}

void TestConnectDialog::opensAsItWasSaved_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<int>("signIn");
    QTest::newRow("anonymous") << QString() << static_cast<int>(SignIn::Anonymous);
    QTest::newRow("identity token") << u"<token>"_s << static_cast<int>(SignIn::Session);
    QTest::newRow("session") << u"me"_s << static_cast<int>(SignIn::Session);
    QTest::newRow("configuration") << QString() << static_cast<int>(SignIn::Configuration);
}

void TestConnectDialog::opensAsItWasSaved()
{
    QFETCH(QString, user);
    QFETCH(int, signIn);
    SavedConnection saved{u"id"_s, u"Lab"_s, u"reg.lab"_s, user};
    saved.signIn = static_cast<SignIn>(signIn);
    saved.mayLeadInwards = true;
    saved.tls = {u"/ca.pem"_s, u"/c.pem"_s, u"/k.pem"_s, Secret("words"), u"AB:CD"_s, false};
    QCOMPARE(open(saved)->connection(), saved);
}

void TestConnectDialog::asksForAnAccountWhenTheConfigurationDidNotDo()
{
    SavedConnection saved{u"id"_s, u"Lab"_s, u"reg.lab"_s};
    saved.signIn = SignIn::Configuration;
    const auto dialog = open(saved);
    QVERIFY(!child<QLineEdit>(*dialog, u"user"_s).isEnabled());
    dialog->showReason(u"The server asks for a user name and a password."_s);
    QVERIFY(child<QLineEdit>(*dialog, u"user"_s).isEnabled());
}

void TestConnectDialog::beginsWithTheAddress()
{
    QVERIFY(child<QLineEdit>(*open(), u"address"_s).hasFocus());
}

void TestConnectDialog::canBeUsedByKeyboardWithBothChoices()
{
    const auto dialog = open({u"id"_s, u"Lab"_s, u"reg.lab"_s, u"me"_s});
    QCOMPARE(WidgetChecks::complaintsAbout(*dialog), QStringList());
    child<QComboBox>(*dialog, u"signIn"_s).setCurrentIndex(2);
    QCOMPARE(WidgetChecks::complaintsAbout(*dialog), QStringList());
    press(*dialog, u"security"_s);
    child<QCheckBox>(*dialog, u"unverified"_s).click();
    QCOMPARE(WidgetChecks::complaintsAbout(*dialog), QStringList());
}

LONGSHORE_UI_TEST(TestConnectDialog)
#include "tst_connectdialog.moc"
