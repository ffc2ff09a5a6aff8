// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/theme.h"
#include "ui/mainwindow/themecommands.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Theme = WindowSettings::Theme;

class TestThemeCommands : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { applyTheme(Theme::System); }
    void beginWithWhatWasChosenTheLastTime();
    void applyAndRememberAChoice();
};

void TestThemeCommands::beginWithWhatWasChosenTheLastTime()
{
    const QTemporaryDir folder;
    WindowSettings settings(folder.filePath(u"window.ini"_s));
    settings.setTheme(Theme::Dark);
    const MainActions actions;
    const ThemeCommands commands(actions, settings, nullptr);
    QVERIFY(actions.themeDark->isChecked());
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 128);
}

void TestThemeCommands::applyAndRememberAChoice()
{
    const QTemporaryDir folder;
    WindowSettings settings(folder.filePath(u"window.ini"_s));
    const MainActions actions;
    const ThemeCommands commands(actions, settings, nullptr);
    QVERIFY(actions.themeSystem->isChecked());
    actions.themeDark->trigger();
    QVERIFY(actions.themeDark->isChecked());
    QCOMPARE(settings.theme(), Theme::Dark);
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 128);
    actions.themeLight->trigger();
    QCOMPARE(settings.theme(), Theme::Light);
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() > 128);
}

LONGSHORE_UI_TEST(TestThemeCommands)
#include "tst_themecommands.moc"
