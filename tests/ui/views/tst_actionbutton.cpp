// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/views/actionbutton.h"

#include <QAction>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestActionButton : public QObject
{
    Q_OBJECT

private slots:
    void doesWhatTheActionDoes();
    void followsTheAction();
};

void TestActionButton::doesWhatTheActionDoes()
{
    QAction action(u"&Go"_s);
    action.setObjectName(u"go"_s);
    QSignalSpy triggered(&action, &QAction::triggered);
    const std::unique_ptr<QPushButton> button(actionButton(action));
    QCOMPARE(button->objectName(), u"goButton"_s);
    QCOMPARE(button->text(), u"&Go"_s);
    button->click();
    QCOMPARE(triggered.size(), qsizetype(1));
}

void TestActionButton::followsTheAction()
{
    QAction action(u"&Go"_s);
    action.setEnabled(false);
    const std::unique_ptr<QPushButton> button(actionButton(action));
    QVERIFY(!button->isEnabled());
    action.setEnabled(true);
    QVERIFY(button->isEnabled());
    action.setToolTip(u"why"_s);
    QCOMPARE(button->toolTip(), u"why"_s);
}

LONGSHORE_UI_TEST(TestActionButton)
#include "tst_actionbutton.moc"
