// SPDX-License-Identifier: Apache-2.0
#include "support/contrast.h"
#include "support/uitest.h"
#include "ui/format/warningcolour.h"
#include "ui/mainwindow/theme.h"

#include <QGuiApplication>
#include <QPalette>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;

using Theme = WindowSettings::Theme;

class TestWarningColour : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { applyTheme(Theme::System); }
    void canBeReadOnEveryGround_data();
    void canBeReadOnEveryGround();
};

void TestWarningColour::canBeReadOnEveryGround_data()
{
    QTest::addColumn<Theme>("theme");
    QTest::newRow("light") << Theme::Light;
    QTest::newRow("dark") << Theme::Dark;
}

void TestWarningColour::canBeReadOnEveryGround()
{
    QFETCH(const Theme, theme);
    applyTheme(theme);
    const QPalette palette = QGuiApplication::palette();
    for (const auto ground : {QPalette::Window, QPalette::Base, QPalette::AlternateBase})
        QVERIFY(contrast(warningColour(), palette.color(ground)) >= 4.5);
}

LONGSHORE_UI_TEST(TestWarningColour)
#include "tst_warningcolour.moc"
