// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/quitdialog.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestQuitDialog : public QObject
{
    Q_OBJECT

private slots:
    void saysHowManyTransfersWouldStop_data();
    void saysHowManyTransfersWouldStop();
    void keepsTheWindowByKey_data();
    void keepsTheWindowByKey();
    void quitsOnlyByItsOwnButton();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] static QPointer<QuitDialog> open(qsizetype count = 2);
};

QPointer<QuitDialog> TestQuitDialog::open(qsizetype count)
{
    auto *dialog = new QuitDialog(count, nullptr);
    dialog->open();
    if (!QTest::qWaitForWindowActive(dialog))
        qFatal("the dialog does not come up");
    return dialog;
}

void TestQuitDialog::saysHowManyTransfersWouldStop_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("text");
    QTest::newRow("one") << 1 << u"1 transfer would be stopped."_s;
    QTest::newRow("many") << 12 << u"12 transfers would be stopped."_s;
}

void TestQuitDialog::saysHowManyTransfersWouldStop()
{
    QFETCH(int, count);
    QFETCH(QString, text);
    const auto dialog = open(count);
    QCOMPARE(dialog->text(), text);
    QCOMPARE(dialog->textFormat(), Qt::PlainText);
    dialog->close();
}

void TestQuitDialog::keepsTheWindowByKey_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("Enter") << int(Qt::Key_Return);
    QTest::newRow("Escape") << int(Qt::Key_Escape);
}

void TestQuitDialog::keepsTheWindowByKey()
{
    QFETCH(int, key);
    const auto dialog = open();
    QSignalSpy quit(dialog, &QuitDialog::quitRequested);
    QTest::keyClick(dialog->focusWidget(), static_cast<Qt::Key>(key));
    QTRY_VERIFY(!dialog); // And it leaves nothing behind.
    QCOMPARE(quit.size(), qsizetype(0));
}

void TestQuitDialog::quitsOnlyByItsOwnButton()
{
    const auto dialog = open();
    QSignalSpy quit(dialog, &QuitDialog::quitRequested);
    press(*dialog, u"quitAnyway"_s);
    QTRY_VERIFY(!dialog);
    QCOMPARE(quit.size(), qsizetype(1));
}

void TestQuitDialog::canBeUsedByKeyboard()
{
    const auto dialog = open();
    const QStringList complaints = WidgetChecks::namelessControls(*dialog)
                                   + WidgetChecks::doubleMnemonics(*dialog)
                                   + WidgetChecks::unreachableByTab(*dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    QVERIFY(!dialog->windowTitle().isEmpty());
    QSignalSpy quit(dialog, &QuitDialog::quitRequested);
    QTest::keyClick(dialog->focusWidget(), Qt::Key_S, Qt::AltModifier);
    QTRY_COMPARE(quit.size(), qsizetype(1));
}

LONGSHORE_UI_TEST(TestQuitDialog)
#include "tst_quitdialog.moc"
