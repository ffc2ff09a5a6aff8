// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/transferlimitsdialog.h"

#include <QCheckBox>
#include <QSpinBox>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestTransferLimitsDialog : public QObject
{
    Q_OBJECT

private slots:
    void givesBackWhatItWasGiven_data();
    void givesBackWhatItWasGiven();
    void knowsNoSpeedWithoutLimit();
    void canBeUsedByKeyboard();
};

void TestTransferLimitsDialog::givesBackWhatItWasGiven_data()
{
    QTest::addColumn<int>("parallel");
    QTest::addColumn<qint64>("speed");
    QTest::newRow("usual") << 3 << qint64(0);
    QTest::newRow("slow") << 1 << qint64(1024);
    QTest::newRow("fast") << TransferLimits::mostParallel << qint64(1024) * 1024 * 1024;
}

void TestTransferLimitsDialog::givesBackWhatItWasGiven()
{
    QFETCH(int, parallel);
    QFETCH(qint64, speed);
    const TransferLimitsDialog dialog({parallel, speed});
    QCOMPARE(dialog.limits(), (TransferLimits{parallel, speed}));
}

void TestTransferLimitsDialog::knowsNoSpeedWithoutLimit()
{
    TransferLimitsDialog dialog({});
    auto &speed = child<QSpinBox>(dialog, u"speed"_s);
    auto &isLimited = child<QCheckBox>(dialog, u"isLimited"_s);
    QVERIFY(!speed.isEnabled());
    isLimited.setChecked(true);
    QVERIFY(speed.isEnabled());
    QCOMPARE(dialog.limits().bytesPerSecond, speed.value() * 1024);
    isLimited.setChecked(false);
    QCOMPARE(dialog.limits().bytesPerSecond, 0);
}

void TestTransferLimitsDialog::canBeUsedByKeyboard()
{
    TransferLimitsDialog dialog({3, 1024});
    dialog.open();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    const QStringList complaints = WidgetChecks::namelessControls(dialog)
                                   + WidgetChecks::doubleMnemonics(dialog)
                                   + WidgetChecks::unreachableByTab(dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
}

LONGSHORE_UI_TEST(TestTransferLimitsDialog)
#include "tst_transferlimitsdialog.moc"
