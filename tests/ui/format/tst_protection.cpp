// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/format/protection.h"
#include "ui/format/warningcolour.h"
#include "ui/mainwindow/theme.h"

#include <QGuiApplication>
#include <QPalette>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Theme = WindowSettings::Theme;

class TestProtection : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { applyTheme(Theme::System); }
    void saysNothingOfTheOrdinary();
    void saysEverythingElseInWords_data();
    void saysEverythingElseInWords();
    void drawsAttentionToDangersOnly_data();
    void drawsAttentionToDangersOnly();

private:
    /// The colour of the most opaque pixel.
    [[nodiscard]] static QColor inkOf(const QIcon &icon);
};

QColor TestProtection::inkOf(const QIcon &icon)
{
    const QImage image = icon.pixmap(32).toImage().convertToFormat(QImage::Format_ARGB32);
    QColor ink(Qt::transparent);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).alpha() > ink.alpha())
                ink = image.pixelColor(x, y);
        }
    }
    return ink;
}

void TestProtection::saysNothingOfTheOrdinary()
{
    QVERIFY(protectionMark(Protection::Ordinary).isEmpty());
    QVERIFY(protectionSentence(Protection::Ordinary).isEmpty());
    QVERIFY(protectionIcon(Protection::Ordinary).isNull());
}

void TestProtection::saysEverythingElseInWords_data()
{
    QTest::addColumn<Protection>("protection");
    QTest::addColumn<QString>("mark");
    QTest::newRow("pinned") << Protection::Pinned << u"pinned certificate"_s;
    QTest::newRow("unverified") << Protection::Unverified << u"not verified"_s;
    QTest::newRow("unencrypted") << Protection::Unencrypted << u"not encrypted"_s;
}

void TestProtection::saysEverythingElseInWords()
{
    QFETCH(const Protection, protection);
    QTEST(protectionMark(protection), "mark");
    QVERIFY(protectionSentence(protection).endsWith(u'.'));
    QVERIFY(!protectionIcon(protection).isNull());
}

void TestProtection::drawsAttentionToDangersOnly_data()
{
    QTest::addColumn<Theme>("theme");
    QTest::newRow("light") << Theme::Light;
    QTest::newRow("dark") << Theme::Dark;
}

void TestProtection::drawsAttentionToDangersOnly()
{
    QFETCH(const Theme, theme);
    applyTheme(theme);
    const QColor text = QGuiApplication::palette().color(QPalette::Text);
    const auto isNearly = [](const QColor &one, const QColor &other) {
        return qAbs(one.red() - other.red()) <= 2 && qAbs(one.blue() - other.blue()) <= 2;
    };
    QVERIFY(isNearly(inkOf(protectionIcon(Protection::Pinned)), text));
    QVERIFY(isNearly(inkOf(protectionIcon(Protection::Unverified)), warningColour()));
    QVERIFY(isNearly(inkOf(protectionIcon(Protection::Unencrypted)), warningColour()));
    QVERIFY(!isNearly(warningColour(), text));
}

LONGSHORE_UI_TEST(TestProtection)
#include "tst_protection.moc"
