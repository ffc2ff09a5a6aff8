// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/theme.h"

#include <QApplication>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleOption>
#include <QToolTip>

namespace Longshore::Ui {

namespace {

constexpr int fusionsDarkness = 140; // In per cent, of its edges.

/// Two thirds of the way from \a ground to \a text: as antialiasing takes some of it.
QColor edgeFor(const QColor &text, const QColor &ground)
{
    const auto mix = [](int far, int near) { return (2 * far + near) / 3; };
    return QColor(mix(text.red(), ground.red()), mix(text.green(), ground.green()),
                  mix(text.blue(), ground.blue()));
}

/// The style of that name, with dialogs whose buttons are words alone: where a desktop has no icon
/// for them, Qt brings crosses and ticks of its own that fit nothing else in the window.
///
/// Fusion draws the edge of a field as a slightly darker shade of the window, which in the dark nobody
/// sees, and boxes to tick, also those in lists, must be seen: here it is nearer to the text.
class WordyStyle final : public QProxyStyle
{
public:
    using QProxyStyle::QProxyStyle;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        const bool hasFaintEdge = element == PE_IndicatorCheckBox
                                  || element == PE_IndicatorRadioButton
                                  || element == PE_FrameLineEdit;
        if (hasFaintEdge && baseStyle()->name() == QLatin1String("fusion")) {
            if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
                return drawEdged(element, *button, painter, widget);
            if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option))
                return drawEdged(element, *frame, painter, widget);
        }
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override
    {
        return hint == SH_DialogButtonBox_ButtonsHaveIcons
                   ? 0
                   : QProxyStyle::styleHint(hint, option, widget, data);
    }

private:
    template <typename Option>
    void drawEdged(PrimitiveElement element, Option option, QPainter *painter,
                   const QWidget *widget) const
    {
        const QColor edge =
            edgeFor(option.palette.color(QPalette::Text), option.palette.color(QPalette::Base));
        option.palette.setColor(QPalette::Window, edge.lighter(fusionsDarkness));
        QProxyStyle::drawPrimitive(element, &option, painter, widget);
    }
};

struct Colours
{
    QRgb window;
    QRgb base;
    QRgb alternate;
    QRgb text;
    QRgb disabled;
    QRgb button;
    QRgb highlight;
    QRgb highlightedText;
    QRgb link;
};

// Text on its ground has a contrast of at least 4.5 to 1 in both, disabled text of 3 to 1.
constexpr Colours light{0xfff3f4f6, 0xffffffff, 0xfff4f7fa, 0xff1c2126, 0xff80868d,
                        0xffe9ebee, 0xff1b5e85, 0xffffffff, 0xff1b5e85};
constexpr Colours dark{0xff24282d, 0xff1b1e22, 0xff22262b, 0xffe6e8ea, 0xff82898f,
                       0xff30353b, 0xff2f7ba8, 0xffffffff, 0xff6fb9e0};

QPalette paletteOf(const Colours &colours)
{
    QPalette palette(QColor(colours.button), QColor(colours.window));
    const auto set = [&](QPalette::ColorRole role, QRgb colour) {
        palette.setColor(role, QColor(colour));
    };
    set(QPalette::Window, colours.window);
    set(QPalette::Base, colours.base);
    set(QPalette::AlternateBase, colours.alternate);
    set(QPalette::ToolTipBase, colours.base);
    set(QPalette::Button, colours.button);
    set(QPalette::Highlight, colours.highlight);
    set(QPalette::HighlightedText, colours.highlightedText);
    set(QPalette::Link, colours.link);
    set(QPalette::LinkVisited, colours.link);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::ToolTipText, QPalette::BrightText}) {
        set(role, colours.text);
        palette.setColor(QPalette::Disabled, role, QColor(colours.disabled));
    }
    set(QPalette::PlaceholderText, colours.disabled);
    return palette;
}

} // namespace

void applyTheme(WindowSettings::Theme theme)
{
    static const QString desktopStyle = QApplication::style()->name();
    if (theme == WindowSettings::Theme::System) {
        QApplication::setStyle(new WordyStyle(desktopStyle));
        QApplication::setPalette(QPalette()); // Back to that of the desktop.
        return;
    }
    const Colours &colours = theme == WindowSettings::Theme::Dark ? dark : light;
    const QPalette palette = paletteOf(colours);
    QApplication::setStyle(new WordyStyle(QStringLiteral("Fusion")));
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

} // namespace Longshore::Ui
