// SPDX-License-Identifier: Apache-2.0
#include "ui/format/tintedicon.h"

#include "ui/format/warningcolour.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

QColor colourFor(Tint tint, QIcon::Mode mode)
{
    if (tint == Tint::Warning && mode != QIcon::Disabled && mode != QIcon::Selected)
        return warningColour();
    const QPalette palette = QGuiApplication::palette();
    switch (mode) {
    case QIcon::Disabled: return palette.color(QPalette::Disabled, QPalette::Text);
    case QIcon::Selected: return palette.color(QPalette::HighlightedText);
    default: return palette.color(QPalette::Text);
    }
}

/// Draws an SVG with "currentColor" replaced by the colour of the palette at the time.
class TintedIconEngine final : public QIconEngine
{
public:
    TintedIconEngine(const QString &name, Tint tint) : m_name(name), m_tint(tint) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, 1));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal) override
    {
        const QColor colour = colourFor(m_tint, mode);
        const QString key = u"longshore-%1-%2x%3-%4"_s.arg(m_name)
                                .arg(size.width())
                                .arg(size.height())
                                .arg(colour.name(QColor::HexArgb));
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        QSvgRenderer(tinted(colour)).render(&painter, QRectF(QPointF(), size));
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    [[nodiscard]] QIconEngine *clone() const override { return new TintedIconEngine(*this); }
    [[nodiscard]] bool isNull() override { return false; }
    QString iconName() override { return m_name; }

private:
    [[nodiscard]] QByteArray tinted(const QColor &colour) const
    {
        QFile file(u":/icons/"_s + m_name + u".svg"_s);
        const QByteArray svg = file.open(QIODevice::ReadOnly) ? file.readAll() : "<svg/>";
        return QByteArray(svg).replace("currentColor", colour.name().toLatin1());
    }

    QString m_name;
    Tint m_tint;
};

} // namespace

QIcon tintedIcon(const QString &name, Tint tint)
{
    return QIcon(new TintedIconEngine(name, tint));
}

} // namespace Longshore::Ui
