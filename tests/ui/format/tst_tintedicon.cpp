// SPDX-License-Identifier: Apache-2.0
#include "support/uitest.h"
#include "ui/format/tintedicon.h"
#include "ui/mainwindow/theme.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QPainter>
#include <QPalette>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestTintedIcon : public QObject
{
    Q_OBJECT

private slots:
    void isDrawnInTheColourOfTheText_data();
    void isDrawnInTheColourOfTheText();
    void followsTheTheme();
    void isPaleWhenDisabled();
    void isAsSharpAsTheScreen();
    void isThereForEveryNameInTheProgram();
    void isUsedSomewhere();
    void isEmptyForAnUnknownName();
};

/// The colour of the most opaque pixel; invalid when nothing was drawn.
static QColor inkOf(const QPixmap &pixmap)
{
    const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    QColor ink;
    int alpha = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor colour = image.pixelColor(x, y);
            if (colour.alpha() <= alpha)
                continue;
            alpha = colour.alpha();
            ink = colour;
        }
    }
    ink.setAlpha(255);
    return alpha > 100 ? ink : QColor();
}

/// Blending at the edges rounds.
static bool isNearly(const QColor &one, const QColor &other)
{
    return one.isValid() && qAbs(one.red() - other.red()) <= 2
           && qAbs(one.green() - other.green()) <= 2 && qAbs(one.blue() - other.blue()) <= 2;
}

static QStringList iconFiles()
{
    QStringList names;
    QDirIterator files(u":/icons"_s);
    while (files.hasNext()) {
        files.next();
        names.append(files.fileInfo().baseName());
    }
    return names;
}

/// Every name that the sources of the window give to tintedIcon() or to a maker of actions.
static QSet<QString> namesInSources()
{
    static const QRegularExpression name(u"u\"([a-z]+)\"_s"_s);
    QSet<QString> names;
    QDirIterator files(QStringLiteral(TEST_DATA "/../../ui"), {u"*.cpp"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        const QString text = QString::fromUtf8(file.readAll());
        // Both names of "condition ? one : other" stand in one call.
        static const QRegularExpression call(u"tintedIcon\\(([^;{]*?_s)[,)]"_s);
        for (const auto &match : call.globalMatch(text)) {
            for (const auto &found : name.globalMatch(match.captured(1)))
                names.insert(found.captured(1));
        }
        static const QRegularExpression look(
            u"(?:make|add)\\(\\s*\\{?u\"\\w+\"_s,\\s*u\"([a-z]+)\"_s"_s);
        for (const auto &match : look.globalMatch(text))
            names.insert(match.captured(1));
    }
    return names;
}

void TestTintedIcon::isDrawnInTheColourOfTheText_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = iconFiles();
    QVERIFY(names.size() > 20);
    for (const QString &name : names) {
        if (name != u"longshore"_s) // The picture of the program has colours of its own.
            QTest::newRow(qPrintable(name)) << name;
    }
}

void TestTintedIcon::isDrawnInTheColourOfTheText()
{
    QFETCH(const QString, name);
    for (const auto theme : {WindowSettings::Theme::Light, WindowSettings::Theme::Dark}) {
        applyTheme(theme);
        for (const int size : {16, 24, 48})
            QVERIFY(isNearly(inkOf(tintedIcon(name).pixmap(size)),
                             QApplication::palette().text().color()));
    }
}

void TestTintedIcon::followsTheTheme()
{
    applyTheme(WindowSettings::Theme::Light);
    const QIcon icon = tintedIcon(u"tag"_s);
    const QColor light = inkOf(icon.pixmap(16));
    applyTheme(WindowSettings::Theme::Dark);
    QVERIFY(inkOf(icon.pixmap(16)).lightness() > light.lightness() + 100);
}

void TestTintedIcon::isPaleWhenDisabled()
{
    applyTheme(WindowSettings::Theme::Light);
    for (const Tint tint : {Tint::Text, Tint::Warning}) {
        const QIcon icon = tintedIcon(u"delete"_s, tint);
        QVERIFY(isNearly(inkOf(icon.pixmap(16, QIcon::Disabled)),
                         QApplication::palette().color(QPalette::Disabled, QPalette::Text)));
        QVERIFY(isNearly(inkOf(icon.pixmap(16, QIcon::Selected)),
                         QApplication::palette().color(QPalette::HighlightedText)));
    }
}

void TestTintedIcon::isAsSharpAsTheScreen()
{
    const QPixmap pixmap = tintedIcon(u"tag"_s).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
}

void TestTintedIcon::isThereForEveryNameInTheProgram()
{
    const QStringList files = iconFiles();
    const QSet<QString> names = namesInSources();
    QVERIFY(names.size() > 20);
    for (const QString &name : names)
        QVERIFY2(files.contains(name), qPrintable(name + u" is in no file of the resources"_s));
}

void TestTintedIcon::isUsedSomewhere()
{
    QSet<QString> names = namesInSources();
    names.insert(u"longshore"_s);
    for (const QString &file : iconFiles())
        QVERIFY2(names.contains(file), qPrintable(file + u".svg is used nowhere"_s));
}

void TestTintedIcon::isEmptyForAnUnknownName()
{
    QVERIFY(!inkOf(tintedIcon(u"no such icon"_s).pixmap(16)).isValid());
}

LONGSHORE_UI_TEST(TestTintedIcon)
#include "tst_tintedicon.moc"
