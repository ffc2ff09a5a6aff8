// SPDX-License-Identifier: Apache-2.0
#include "core/http/networkthread.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/dialogs/connectdialog.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// CRED-25: what can be got out of the field for the password.
class TestConnectDialogPassword : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void isNotShown();
    void cannotBeTakenOut();
    void isNotTold();

private:
    Network m_network;
    std::unique_ptr<ConnectDialog> m_dialog;
    QLineEdit *m_field = nullptr;
};

void TestConnectDialogPassword::init()
{
    m_dialog = std::make_unique<ConnectDialog>(m_network, SavedConnection());
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    m_field = &child<QLineEdit>(*m_dialog, u"password"_s);
    fillIn(*m_dialog, u"user"_s, u"me"_s);
    fillIn(*m_dialog, u"password"_s, u"CANARY"_s);
    QCOMPARE(m_field->text(), u"CANARY"_s);
}

void TestConnectDialogPassword::isNotShown()
{
    QCOMPARE(m_field->echoMode(), QLineEdit::Password);
    QVERIFY(!m_field->displayText().contains(u'C'));
    QVERIFY(!m_field->toolTip().contains(u"CANARY"_s));
}

void TestConnectDialogPassword::cannotBeTakenOut()
{
    QGuiApplication::clipboard()->setText(u"before"_s);
    m_field->setFocus();
    m_field->selectAll();
    for (const auto keys : {QKeySequence::Copy, QKeySequence::Cut})
        QTest::keySequence(m_field, keys);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
    QVERIFY(!m_field->isUndoAvailable()); // Nor what was typed and taken back.
    QVERIFY(!m_field->dragEnabled());
}

void TestConnectDialogPassword::isNotTold()
{
    QAccessibleInterface *told = QAccessible::queryAccessibleInterface(m_field);
    QVERIFY(told);
    QVERIFY(told->state().passwordEdit);
    for (const auto part : {QAccessible::Name, QAccessible::Value, QAccessible::Description})
        QVERIFY(!told->text(part).contains(u"CANARY"_s));
    if (QAccessibleTextInterface *text = told->textInterface())
        QVERIFY(!text->text(0, text->characterCount()).contains(u"CANARY"_s));
}

LONGSHORE_UI_TEST(TestConnectDialogPassword)
#include "tst_connectdialog_password.moc"
