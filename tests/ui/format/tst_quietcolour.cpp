// SPDX-License-Identifier: Apache-2.0
#include "support/contrast.h"
#include "support/uitest.h"
#include "ui/format/quietcolour.h"

#include <QGuiApplication>
#include <QPalette>

using namespace Longshore::Ui;

class TestQuietColour : public QObject
{
    Q_OBJECT

private slots:
    void canBeReadOnEveryGround_data();
    void canBeReadOnEveryGround();
    void cleanup() { QGuiApplication::setPalette(QPalette()); }
};

void TestQuietColour::canBeReadOnEveryGround_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");
    QTest::newRow("black on white") << QColor(Qt::black) << QColor(Qt::white);
    QTest::newRow("light") << QColor(0x1c, 0x21, 0x26) << QColor(Qt::white);
    QTest::newRow("dark") << QColor(0xe6, 0xe8, 0xea) << QColor(0x1b, 0x1e, 0x22);
}

void TestQuietColour::canBeReadOnEveryGround()
{
    QFETCH(const QColor, text);
    QFETCH(const QColor, ground);
    QPalette palette;
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Base, ground);
    QGuiApplication::setPalette(palette);
    QVERIFY(contrast(quietColour(), ground) >= 4.5);
    QVERIFY(quietColour() != text);
}

LONGSHORE_UI_TEST(TestQuietColour)
#include "tst_quietcolour.moc"
