// SPDX-License-Identifier: Apache-2.0
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

/// WCAG 2.1, "relative luminance".
static double luminance(const QColor &colour)
{
    const auto linear = [](float part) {
        return part <= 0.03928F ? double(part) / 12.92
                                : std::pow((double(part) + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
           + 0.0722 * linear(colour.blueF());
}

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
    const double first = luminance(quietColour()) + 0.05;
    const double second = luminance(ground) + 0.05;
    QVERIFY(std::max(first, second) / std::min(first, second) >= 4.5);
    QVERIFY(quietColour() != text);
}

LONGSHORE_UI_TEST(TestQuietColour)
#include "tst_quietcolour.moc"
