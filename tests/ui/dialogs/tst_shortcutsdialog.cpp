// SPDX-License-Identifier: Apache-2.0
#include "support/modeltext.h"
#include "support/testwindow.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/shortcutsdialog.h"

#include <QAction>
#include <QMenu>
#include <QTemporaryDir>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestShortcutsDialog : public QObject
{
    Q_OBJECT

private slots:
    void saysEveryCommandAndItsKeys();
    void showsEveryKeyOfTheWindow();
    void closesByKey_data();
    void closesByKey();
    void canBeUsedByKeyboard();
};

static QString text(const QWidget &dialog)
{
    return treeText(*child<QTreeView>(dialog, u"properties"_s).model(), 2);
}

void TestShortcutsDialog::saysEveryCommandAndItsKeys()
{
    QAction open(u"&Open Reference\u2026"_s);
    open.setShortcut(Qt::CTRL | Qt::Key_L);
    QAction reload(u"Re&load"_s);
    reload.setShortcuts({Qt::Key_F5, Qt::CTRL | Qt::Key_R});
    QAction plain(u"Plain"_s);
    const ShortcutsDialog dialog({&open, &reload, &plain});
    QCOMPARE(text(dialog), u"Open Reference | Ctrl+L\nReload | F5, Ctrl+R\nPlain | "_s);
}

void TestShortcutsDialog::showsEveryKeyOfTheWindow()
{
    const QTemporaryDir folder;
    TestWindow test(folder.path());
    test.window.actions().shortcuts->trigger();
    const QString shown = text(awaitDialog(u"shortcutsDialog"_s));
    const auto menus = test.window.findChildren<QMenu *>();
    int count = 0;
    for (const QMenu *menu : menus) {
        const auto actions = menu->actions();
        for (const QAction *action : actions) {
            const QString key = action->shortcut().toString(QKeySequence::NativeText);
            QVERIFY2(shown.contains(key), qPrintable(action->text() + u' ' + key));
            count += key.isEmpty() ? 0 : 1;
        }
    }
    QVERIFY(count > 20);
}

void TestShortcutsDialog::closesByKey_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("Enter") << int(Qt::Key_Return);
    QTest::newRow("Escape") << int(Qt::Key_Escape);
}

void TestShortcutsDialog::closesByKey()
{
    QFETCH(int, key);
    ShortcutsDialog dialog({});
    dialog.open();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QTest::keyClick(dialog.focusWidget(), static_cast<Qt::Key>(key));
    QVERIFY(!dialog.isVisible());
}

void TestShortcutsDialog::canBeUsedByKeyboard()
{
    QAction open(u"&Open"_s);
    ShortcutsDialog dialog({&open});
    dialog.open();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QVERIFY(child<QTreeView>(dialog, u"properties"_s).hasFocus());
    const QStringList complaints = WidgetChecks::complaintsAbout(dialog);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
}

LONGSHORE_UI_TEST(TestShortcutsDialog)
#include "tst_shortcutsdialog.moc"
