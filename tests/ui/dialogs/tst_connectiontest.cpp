// SPDX-License-Identifier: Apache-2.0
#include "support/fakeregistry.h"
#include "support/modeltext.h"
#include "support/testwindow.h"
#include "support/tlsserver.h"
#include "support/uitest.h"
#include "ui/dialogs/connectdialog.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// ConnectionTest in its dialog: what can be done where a certificate is refused.
class TestConnectionTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_dialog.reset(); }
    void saysWhatTheTestIsForUntilThereIsOne();
    void offersNothingWhereNothingIsWrong();
    void saysWhyAndGoesOnThere();
    void connectsOnceTheCertificateIsTrusted();
    void trustsNothingWhenThePersonGivesUp();
    void connectsOnceTheAuthorityIsNamed();
    void refusesAnotherCertificateThanThePinned();
    void connectsWithoutVerificationAndSaysSo();
    void sendsNothingWhenAFileCannotBeRead();

private:
    void open(const SavedConnection &connection = {});
    void test() { press(*m_dialog, u"test"_s); }
    /// "Encrypted: ...", once the test is over.
    [[nodiscard]] QString outcome() const;
    [[nodiscard]] QPushButton &button(const QString &name) const
    {
        return child<QPushButton>(*m_dialog, name);
    }

    Network m_network;
    FakeRegistry m_registry;
    std::unique_ptr<TlsServer> m_server;
    std::unique_ptr<ConnectDialog> m_dialog;
};

void TestConnectionTest::init()
{
    m_server = std::make_unique<TlsServer>(u"selfsigned.pem"_s);
    m_server->passOnTo(m_registry.port());
    open();
}

void TestConnectionTest::open(const SavedConnection &connection)
{
    m_dialog = std::make_unique<ConnectDialog>(m_network, connection);
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    fillIn(*m_dialog, u"address"_s, m_server->host());
}

QString TestConnectionTest::outcome() const
{
    const bool isOver = QTest::qWaitFor([this] { return button(u"test"_s).isEnabled(); }, 20'000);
    const auto *steps = child<QListView>(*m_dialog, u"connectionTest"_s).model();
    return isOver ? steps->index(2, 0).data().toString() : u"not over"_s;
}

void TestConnectionTest::saysWhatTheTestIsForUntilThereIsOne()
{
    QVERIFY(child<QLabel>(*m_dialog, u"testHint"_s).isVisible());
    QVERIFY(!child<QListView>(*m_dialog, u"connectionTest"_s).isVisible());
    test();
    QVERIFY(!child<QLabel>(*m_dialog, u"testHint"_s).isVisible());
    QVERIFY(child<QListView>(*m_dialog, u"connectionTest"_s).isVisible());
    QVERIFY(outcome() != u"not over"_s);
}

void TestConnectionTest::offersNothingWhereNothingIsWrong()
{
    QVERIFY(!button(u"showCertificate"_s).isVisible());
    fillIn(*m_dialog, u"address"_s, m_registry.host());
    test();
    QVERIFY(outcome().contains(u"plain HTTP"_s));
    QVERIFY(!button(u"showCertificate"_s).isVisible());
    QVERIFY(!button(u"chooseAuthority"_s).isVisible());
}

void TestConnectionTest::saysWhyAndGoesOnThere()
{
    test();
    QVERIFY2(outcome().contains(u"nobody but itself"_s), qPrintable(outcome()));
    QVERIFY(button(u"showCertificate"_s).hasFocus());
    QVERIFY(button(u"chooseAuthority"_s).isVisible());
    // Nobody is led to try without TLS, or without looking.
    QVERIFY(!child<QCheckBox>(*m_dialog, u"plainHttp"_s).isVisible());
    QCOMPARE(m_server->received(), "");
}

void TestConnectionTest::connectsOnceTheCertificateIsTrusted()
{
    test();
    press(*m_dialog, u"showCertificate"_s);
    press(awaitDialog(u"certificateDialog"_s), u"trust"_s);
    awaitNoDialog(u"certificateDialog"_s);
    QTRY_VERIFY2(outcome().contains(u"the one that you trust"_s), qPrintable(outcome()));
    QVERIFY(!button(u"showCertificate"_s).isVisible());
    const TlsChoice choice = m_dialog->connection().tls;
    QVERIFY(choice.isVerified);
    QCOMPARE(child<QLineEdit>(*m_dialog, u"pin"_s).text(), choice.pin);
    QCOMPARE(choice.pin.size(), qsizetype(95)); // 32 bytes with colons.
}

void TestConnectionTest::trustsNothingWhenThePersonGivesUp()
{
    test();
    press(*m_dialog, u"showCertificate"_s);
    QTest::keyClick(&awaitDialog(u"certificateDialog"_s), Qt::Key_Escape);
    awaitNoDialog(u"certificateDialog"_s);
    QVERIFY(m_dialog->connection().tls == TlsChoice());
    QCOMPARE(m_server->received(), "");
}

void TestConnectionTest::connectsOnceTheAuthorityIsNamed()
{
    m_server->setCertificate(u"another.pem"_s);
    test();
    QVERIFY2(outcome().contains(u"Another authority"_s), qPrintable(outcome()));
    press(*m_dialog, u"chooseAuthority"_s);
    auto &files = *qobject_cast<QFileDialog *>(&awaitDialog(u"chooseFileDialog"_s));
    files.selectFile(tlsData(u"another-ca.pem"_s));
    QTest::keyClick(&child<QLineEdit>(files, u"fileNameEdit"_s), Qt::Key_Return);
    awaitNoDialog(u"chooseFileDialog"_s);
    QTRY_VERIFY2(outcome().contains(u"certificate is trusted"_s), qPrintable(outcome()));
    QVERIFY(m_dialog->connection().tls.authorities.endsWith(u"another-ca.pem"_s));
}

void TestConnectionTest::refusesAnotherCertificateThanThePinned()
{
    test();
    press(*m_dialog, u"showCertificate"_s);
    press(awaitDialog(u"certificateDialog"_s), u"trust"_s);
    QTRY_VERIFY(outcome().contains(u"the one that you trust"_s));
    m_server->setCertificate(u"another.pem"_s);
    const QByteArray before = m_server->received();
    test();
    QVERIFY2(outcome().contains(u"another certificate"_s), qPrintable(outcome()));
    QCOMPARE(m_server->received(), before);
}

void TestConnectionTest::connectsWithoutVerificationAndSaysSo()
{
    SavedConnection connection;
    connection.tls.isVerified = false;
    open(connection);
    test();
    QVERIFY2(outcome().contains(u"not verified"_s), qPrintable(outcome()));
    QVERIFY(!m_server->received().isEmpty());
}

void TestConnectionTest::sendsNothingWhenAFileCannotBeRead()
{
    SavedConnection connection;
    connection.tls.authorities = tlsData(u"server.key"_s);
    open(connection);
    test();
    QVERIFY2(outcome().contains(u"no file of certificates"_s), qPrintable(outcome()));
    QVERIFY(child<QLineEdit>(*m_dialog, u"authorities"_s).hasFocus());
    QCOMPARE(m_server->received(), "");
}

LONGSHORE_UI_TEST(TestConnectionTest)
#include "tst_connectiontest.moc"
