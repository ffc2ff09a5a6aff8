// SPDX-License-Identifier: Apache-2.0
#include "support/snapshot.h"
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
    void saysWhichComeBack();
    void keepsTheWindowByKey_data();
    void keepsTheWindowByKey();
    void quitsOnlyByItsOwnButton();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] static QPointer<QuitDialog> open(const QuitDialog::Transfers &transfers = {0, 2});
};

QPointer<QuitDialog> TestQuitDialog::open(const QuitDialog::Transfers &transfers)
{
    auto *dialog = new QuitDialog(transfers, nullptr);
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
    const auto dialog = open({0, count});
    QCOMPARE(dialog->text(), text);
    QCOMPARE(dialog->textFormat(), Qt::PlainText);
    dialog->close();
}

void TestQuitDialog::saysWhichComeBack()
{
    const auto kept = open({2, 0});
    QVERIFY2(kept->text().startsWith("2 transfer"_L1), qPrintable(kept->text()));
    QVERIFY(kept->text().endsWith("would be paused, to be continued the next time."_L1));
    QVERIFY(child<QPushButton>(*kept, u"quitAnyway"_s).text().contains("Pause"_L1));
    kept->close();
    const auto both = open({2, 1});
    snap(*both, u"quit-dialog"_s);
    QVERIFY(both->text().startsWith("2 transfer"_L1));
    QVERIFY(both->text().endsWith("\n1 transfer would be stopped."_L1));
    QVERIFY(child<QPushButton>(*both, u"quitAnyway"_s).text().contains("Stop"_L1));
    both->close();
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
