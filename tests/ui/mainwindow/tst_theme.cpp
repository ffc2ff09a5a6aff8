// SPDX-License-Identifier: Apache-2.0
#include "support/contrast.h"
#include "support/uitest.h"
#include "ui/mainwindow/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPalette>
#include <QRadioButton>
#include <QStyle>

using namespace Longshore;
using namespace Longshore::Ui;

using Theme = WindowSettings::Theme;

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { applyTheme(Theme::System); }
    void colouresTheWholeProgram();
    void comesBackToTheDesktop();
    void canBeReadInEveryRole_data();
    void canBeReadInEveryRole();
    void showsTheEdgesOfFields_data();
    void showsTheEdgesOfFields();
    void putsNoIconsOnTheButtonsOfDialogs();
};

static int lightness(QPalette::ColorRole role)
{
    return QApplication::palette().color(role).lightness();
}

void TestTheme::colouresTheWholeProgram()
{
    applyTheme(Theme::Dark);
    QVERIFY(lightness(QPalette::Window) < 128 && lightness(QPalette::Base) < 128);
    applyTheme(Theme::Light);
    QVERIFY(lightness(QPalette::Window) > 128 && lightness(QPalette::Base) > 128);
}

void TestTheme::comesBackToTheDesktop()
{
    applyTheme(Theme::System);
    const QString style = QApplication::style()->name();
    const QPalette palette = QApplication::palette();
    applyTheme(Theme::Dark);
    applyTheme(Theme::System);
    QCOMPARE(QApplication::style()->name(), style);
    QCOMPARE(QApplication::palette().color(QPalette::Window), palette.color(QPalette::Window));
    QCOMPARE(QCheckBox().palette().color(QPalette::Window), palette.color(QPalette::Window));
}

void TestTheme::canBeReadInEveryRole_data()
{
    QTest::addColumn<Theme>("theme");
    QTest::newRow("light") << Theme::Light;
    QTest::newRow("dark") << Theme::Dark;
}

void TestTheme::canBeReadInEveryRole()
{
    QFETCH(const Theme, theme);
    applyTheme(theme);
    const QPalette palette = QApplication::palette();
    const QList<std::pair<QPalette::ColorRole, QPalette::ColorRole>> pairs{
        {QPalette::WindowText, QPalette::Window},
        {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase},
        {QPalette::ButtonText, QPalette::Button},
        {QPalette::ToolTipText, QPalette::ToolTipBase},
        {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::Link, QPalette::Base}};
    for (const auto &[text, ground] : pairs) {
        const double ratio = contrast(palette.color(text), palette.color(ground));
        QVERIFY2(ratio >= 4.5, qPrintable(QString::number(text) + u' ' + QString::number(ratio)));
    }
}

void TestTheme::showsTheEdgesOfFields_data()
{
    QTest::addColumn<Theme>("theme");
    QTest::addColumn<QPalette>("desktop");
    QTest::newRow("light") << Theme::Light << QPalette();
    QTest::newRow("dark") << Theme::Dark << QPalette();
    QTest::newRow("a dark desktop") << Theme::System << QPalette(QColor(0x32, 0x32, 0x32));
}

static double strongestContrast(QWidget &field)
{
    const QImage image = field.grab().toImage();
    const QColor ground = QApplication::palette().color(QPalette::Window);
    double result = 1;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            result = std::max(result, contrast(image.pixelColor(x, y), ground));
    }
    return result;
}

void TestTheme::showsTheEdgesOfFields()
{
    QFETCH(const Theme, theme);
    QFETCH(const QPalette, desktop);
    applyTheme(theme);
    if (theme == Theme::System)
        QApplication::setPalette(desktop);
    QCheckBox box;
    QRadioButton choice;
    QLineEdit line;
    QListWidget list;
    list.setFrameShape(QFrame::NoFrame);
    (new QListWidgetItem(&list))->setCheckState(Qt::Unchecked);
    list.show();
    QVERIFY(QTest::qWaitForWindowExposed(&list));
    for (QWidget *field : std::initializer_list<QWidget *>{&box, &choice, &line, list.viewport()}) {
        const double ratio = strongestContrast(*field);
        const char *name = field->parent() ? "a box in a list" : field->metaObject()->className();
        QVERIFY2(ratio >= 3, qPrintable(QLatin1String(name) + u' ' + QString::number(ratio)));
    }
}

void TestTheme::putsNoIconsOnTheButtonsOfDialogs()
{
    for (const Theme theme : {Theme::System, Theme::Dark}) {
        applyTheme(theme);
        const QDialogButtonBox box(QDialogButtonBox::Cancel | QDialogButtonBox::Close);
        for (const QAbstractButton *button : box.buttons())
            QVERIFY(button->icon().isNull());
    }
}

LONGSHORE_UI_TEST(TestTheme)
#include "tst_theme.moc"
