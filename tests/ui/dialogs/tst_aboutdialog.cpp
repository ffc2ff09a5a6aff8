// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "ui/dialogs/aboutdialog.h"

#include <QMessageBox>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// Its names and keys are looked at with those of the other dialogs, in tst_mainwindow_access.
class TestAboutDialog : public QObject
{
    Q_OBJECT

private slots:
    void saysWhichVersionRuns();
    void closesByKeyAndLeavesNothing_data();
    void closesByKeyAndLeavesNothing();
};

void TestAboutDialog::saysWhichVersionRuns()
{
    QWidget window;
    showAboutDialog(&window);
    const auto &box = child<QMessageBox>(window, u"aboutDialog"_s);
    QVERIFY(box.text().contains("Longshore 1.2.3\n"_L1));
    QCOMPARE(box.textFormat(), Qt::PlainText);
    QVERIFY(!box.iconPixmap().isNull());
    QVERIFY(box.isModal());
}

void TestAboutDialog::closesByKeyAndLeavesNothing_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("Enter") << int(Qt::Key_Return);
    QTest::newRow("Escape") << int(Qt::Key_Escape);
}

void TestAboutDialog::closesByKeyAndLeavesNothing()
{
    QFETCH(int, key);
    QWidget window;
    showAboutDialog(&window);
    QDialog &box = awaitDialog(u"aboutDialog"_s);
    QVERIFY(QTest::qWaitForWindowActive(&box));
    QTest::keyClick(box.focusWidget(), static_cast<Qt::Key>(key));
    QTRY_VERIFY(!window.findChild<QMessageBox *>());
}

LONGSHORE_UI_TEST(TestAboutDialog)
#include "tst_aboutdialog.moc"
