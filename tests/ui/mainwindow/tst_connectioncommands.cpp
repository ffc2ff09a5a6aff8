// SPDX-License-Identifier: Apache-2.0
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"

#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The questions of one line; the other commands are shown by the journeys of the window.
class TestConnectionCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_test.reset(); }
    void askAgainAndQuoteWhatWasTypedAsText();
    void takeEscapeForNo();
    void canBeUsedByKeyboard();

private:
    [[nodiscard]] QDialog &ask() const
    {
        m_test->window.actions().openReference->trigger();
        QDialog &dialog = awaitDialog(u"openReferenceDialog"_s);
        if (!QTest::qWaitForWindowActive(&dialog))
            qFatal("the dialog does not come to the front");
        return dialog;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<TestWindow> m_test;
};

void TestConnectionCommands::init()
{
    m_test = std::make_unique<TestWindow>(m_folder.path());
}

void TestConnectionCommands::askAgainAndQuoteWhatWasTypedAsText()
{
    const QPointer<QDialog> first = &ask();
    auto *line = first->findChild<QLineEdit *>();
    QTest::keyClicks(line, u"<b>no reference</b>"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(!first);
    const QDialog &again = awaitDialog(u"openReferenceDialog"_s);
    const auto *label = again.findChild<QLabel *>();
    QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(label->text().contains(u'\n')); // What was wrong, then the question.
}

void TestConnectionCommands::takeEscapeForNo()
{
    QDialog &dialog = ask();
    QTest::keyClick(dialog.focusWidget(), Qt::Key_Escape);
    awaitNoDialog(u"openReferenceDialog"_s);
    QVERIFY(m_test->connections.connections().isEmpty());
}

void TestConnectionCommands::canBeUsedByKeyboard()
{
    QDialog &dialog = ask();
    QVERIFY(!dialog.windowTitle().isEmpty());
    QTRY_VERIFY(dialog.findChild<QLineEdit *>()->hasFocus());
    const QStringList complaints =
        WidgetChecks::doubleMnemonics(dialog) + WidgetChecks::unreachableByTab(dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
}

LONGSHORE_UI_TEST(TestConnectionCommands)
#include "tst_connectioncommands.moc"
