// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/mainwindow/mainactions.h"

#include <QSet>

using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

/// The commands by themselves; tst_mainwindow_access looks at them in the window.
class TestMainActions : public QObject
{
    Q_OBJECT

private slots:
    void listsEveryActionOnce();
    void offersOnlyItsOwnOnASelection();
    void fillsTheHolesOfAPlatform();
    void letsOneThemeBeChosen();
};

void TestMainActions::listsEveryActionOnce()
{
    const MainActions actions;
    const QList<QAction *> all = actions.all();
    QCOMPARE(all.size(), actions.findChildren<QAction *>().size());
    QSet<QString> names;
    for (const QAction *action : all)
        names.insert(action->objectName());
    QCOMPARE(names.size(), all.size());
    QVERIFY(!names.contains(QString()));
}

void TestMainActions::offersOnlyItsOwnOnASelection()
{
    const MainActions actions;
    QVERIFY(!actions.onSelection().isEmpty());
    for (QAction *action : actions.onSelection())
        QVERIFY(actions.all().contains(action));
    QVERIFY(actions.onSelection().contains(actions.deleteTags));
}

void TestMainActions::fillsTheHolesOfAPlatform()
{
    // No platform under Linux has keys for the preferences.
    const QKeySequence own(Qt::CTRL | Qt::Key_Comma);
    QCOMPARE(MainActions::keys(QKeySequence::Preferences, {own}).last(), own);
    const QKeySequence copy(Qt::CTRL | Qt::Key_C);
    QCOMPARE(MainActions::keys(QKeySequence::Copy, {copy}).count(copy), 1);
}

void TestMainActions::letsOneThemeBeChosen()
{
    const MainActions actions;
    actions.themeDark->setChecked(true);
    actions.themeLight->setChecked(true);
    QVERIFY(!actions.themeDark->isChecked());
}

LONGSHORE_UI_TEST(TestMainActions)
#include "tst_mainactions.moc"
