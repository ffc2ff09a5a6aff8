// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/securitysection.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestSecuritySection : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_section.reset(); }
    void isClosedUntilSomebodyOpensIt();
    void opensByKeyboard();
    void showsWhatIsInIt_data();
    void showsWhatIsInIt();
    void hidesThePassphraseOfAKey();
    void warnsAsLongAsNothingIsVerified();
    void asksForNoCertificateWithoutTls();
    void pinsInsteadOfLookingAtNothing();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] QToolButton &toggle() const
    {
        return child<QToolButton>(*m_section, u"security"_s);
    }
    [[nodiscard]] QCheckBox &unverified() const
    {
        return child<QCheckBox>(*m_section, u"unverified"_s);
    }
    [[nodiscard]] QLineEdit &pin() const { return child<QLineEdit>(*m_section, u"pin"_s); }
    [[nodiscard]] bool isOpen() const { return pin().isVisible(); }

    std::unique_ptr<SecuritySection> m_section;
};

void TestSecuritySection::init()
{
    m_section = std::make_unique<SecuritySection>();
    m_section->show();
    QVERIFY(QTest::qWaitForWindowActive(m_section.get()));
}

void TestSecuritySection::isClosedUntilSomebodyOpensIt()
{
    QVERIFY(!isOpen());
    m_section->setChoice({});
    m_section->setAllowsPlainHttp(false);
    QVERIFY(!isOpen());
    toggle().click();
    QVERIFY(isOpen());
    toggle().click();
    QVERIFY(!isOpen());
    QVERIFY(m_section->choice() == TlsChoice());
}

void TestSecuritySection::opensByKeyboard()
{
    QTest::keyClick(m_section.get(), Qt::Key_Tab);
    QVERIFY(toggle().hasFocus());
    QTest::keyClick(&toggle(), Qt::Key_Space);
    QVERIFY(isOpen());
}

void TestSecuritySection::showsWhatIsInIt_data()
{
    QTest::addColumn<TlsChoice>("choice");
    QTest::newRow("authority") << TlsChoice{.authorities = u"/etc/ca.pem"_s};
    QTest::newRow("own certificate")
        << TlsChoice{.certificate = u"/home/c.pem"_s, .key = u"/home/k.pem"_s};
    QTest::newRow("encrypted key") << TlsChoice{
        .certificate = u"/home/c.pem"_s, .key = u"/home/k.pem"_s, .passphrase = Secret("words")};
    QTest::newRow("pin") << TlsChoice{.pin = QString(64, u'a')};
    QTest::newRow("not verified") << TlsChoice{.isVerified = false};
}

void TestSecuritySection::showsWhatIsInIt()
{
    QFETCH(const TlsChoice, choice);
    m_section->setChoice(choice);
    QVERIFY(isOpen());
    QVERIFY(m_section->choice() == choice);
}

void TestSecuritySection::hidesThePassphraseOfAKey()
{
    toggle().click();
    const auto &passphrase = child<QLineEdit>(*m_section, u"passphrase"_s);
    QVERIFY(!passphrase.isEnabled()); // There is no key.
    child<QLineEdit>(*m_section, u"clientKey"_s).setText(u"/home/k.pem"_s);
    QVERIFY(passphrase.isEnabled());
    QCOMPARE(passphrase.echoMode(), QLineEdit::Password);
}

void TestSecuritySection::warnsAsLongAsNothingIsVerified()
{
    toggle().click();
    const auto &warning = child<QLabel>(*m_section, u"securityWarning"_s);
    QVERIFY(!warning.isVisible());
    const QSignalSpy changed(m_section.get(), &SecuritySection::changed);
    unverified().click();
    QVERIFY(warning.isVisible());
    QVERIFY(warning.text().contains(u"not verified"_s));
    QVERIFY(!m_section->choice().isVerified);
    QCOMPARE(changed.size(), qsizetype(1));
    unverified().click();
    QVERIFY(!warning.isVisible());
}

void TestSecuritySection::asksForNoCertificateWithoutTls()
{
    m_section->setAllowsPlainHttp(true);
    QVERIFY(isOpen());
    QVERIFY(!pin().isEnabled() && !unverified().isEnabled());
    QVERIFY(!child<QLineEdit>(*m_section, u"authorities"_s).isEnabled());
    child<QCheckBox>(*m_section, u"plainHttp"_s).click();
    QVERIFY(!m_section->allowsPlainHttp());
    QVERIFY(pin().isEnabled() && unverified().isEnabled());
}

void TestSecuritySection::pinsInsteadOfLookingAtNothing()
{
    m_section->setChoice({.isVerified = false});
    m_section->pin(u"AB:CD"_s);
    QVERIFY((m_section->choice() == TlsChoice{.pin = u"AB:CD"_s}));
    QVERIFY(!unverified().isEnabled());
    QVERIFY(!child<QLabel>(*m_section, u"securityWarning"_s).isVisible());
    QCOMPARE(pin().cursorPosition(), 0);
}

void TestSecuritySection::canBeUsedByKeyboard()
{
    QCOMPARE(WidgetChecks::complaintsAbout(*m_section), QStringList());
    toggle().click();
    unverified().click();
    QCOMPARE(WidgetChecks::complaintsAbout(*m_section), QStringList());
}

LONGSHORE_UI_TEST(TestSecuritySection)
#include "tst_securitysection.moc"
