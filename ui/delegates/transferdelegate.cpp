// SPDX-License-Identifier: Apache-2.0
#include "ui/delegates/transferdelegate.h"

#include "ui/format/quietcolour.h"
#include "ui/models/transferlistmodel.h"

#include <QApplication>
#include <QPainter>

#include <array>

namespace Longshore::Ui {

namespace {

constexpr int margin = 6;
/// The widths of what stands in the row of a blob: what it is, its size, how far it is.
constexpr std::array<int, 3> charactersOf{18, 11, 20};

QStyle *styleOf(const QStyleOptionViewItem &option)
{
    return option.widget ? option.widget->style() : QApplication::style();
}

int iconSize(const QStyleOptionViewItem &option)
{
    return styleOf(option)->pixelMetric(QStyle::PM_SmallIconSize, &option, option.widget);
}

void drawBar(QPainter *painter, const QStyleOptionViewItem &option, const QRect &rect, int permille)
{
    QStyleOptionProgressBar bar;
    bar.palette = option.palette;
    bar.fontMetrics = option.fontMetrics;
    bar.state = option.state | QStyle::State_Horizontal;
    bar.direction = option.direction;
    bar.rect = rect;
    bar.maximum = permille < 0 ? 0 : 1000;
    bar.progress = qMax(0, permille);
    bar.textVisible = false;
    styleOf(option)->drawControl(QStyle::CE_ProgressBar, &bar, painter, option.widget);
    // On the dark ground of a list, styles draw a groove that nobody can see.
    QColor frame = option.palette.color(QPalette::Text);
    frame.setAlphaF(0.4F);
    painter->save();
    painter->setPen(frame);
    painter->drawRect(rect.adjusted(0, 0, -1, -1));
    painter->restore();
}

/// Puts what a row says from its leading to its trailing end.
class RowPainter
{
public:
    RowPainter(QPainter *painter, const QStyleOptionViewItem &option)
        : m_painter(painter)
        , m_option(option)
        , m_isSelected(option.state.testFlag(QStyle::State_Selected))
        , m_rest(option.rect.adjusted(margin, 0, -margin, 0))
    {}

    /// The line of that number, of those that the row has in all.
    [[nodiscard]] QRect line(int number, int count) const
    {
        const int height = m_option.fontMetrics.height();
        return {m_rest.left(),
                m_option.rect.top() + (m_option.rect.height() - count * height) / 2
                    + number * height,
                m_rest.width(), height};
    }
    /// At the leading end.
    void icon(const QIcon &icon, const QRect &line)
    {
        const int size = iconSize(m_option);
        icon.paint(m_painter, mirrored({m_rest.left(), line.top(), size, line.height()}),
                   Qt::AlignCenter, m_isSelected ? QIcon::Selected : QIcon::Normal);
        m_rest.setLeft(m_rest.left() + size + margin);
    }
    /// At the trailing end of \a line, whose rest is given.
    QRect bar(int permille, const QRect &line)
    {
        const int width = m_rest.width() / 4;
        drawBar(m_painter, m_option,
                mirrored({m_rest.right() - width, line.top(), width, line.height()}), permille);
        return line.adjusted(0, 0, -width - margin, 0);
    }
    /// Quiet, at the trailing end of \a line, whose rest is given; it never takes more than a third.
    QRect trailingText(const QString &words, const QRect &line)
    {
        if (words.isEmpty())
            return line;
        const int width = qMin(m_option.fontMetrics.horizontalAdvance(words), line.width() / 3);
        text(words, {line.right() - width + 1, line.top(), width, line.height()}, Qt::AlignTrailing,
             quietColour());
        return line.adjusted(0, 0, -width - 2 * margin, 0);
    }
    void text(const QString &words, const QRect &rect, Qt::Alignment side, const QColor &colour)
    {
        m_painter->setPen(m_isSelected ? m_option.palette.color(QPalette::HighlightedText)
                                       : colour);
        m_painter->drawText(mirrored(rect), static_cast<int>((Qt::AlignVCenter | side).toInt()),
                            m_option.fontMetrics.elidedText(words, Qt::ElideRight, rect.width()));
    }

private:
    [[nodiscard]] QRect mirrored(const QRect &rect) const
    {
        return QStyle::visualRect(m_option.direction, m_option.rect, rect);
    }

    QPainter *m_painter;
    const QStyleOptionViewItem &m_option;
    const bool m_isSelected;
    QRect m_rest;
};

void paintTransfer(RowPainter &row, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto state =
        static_cast<TransferRow::State>(index.data(TransferListModel::StateRole).toInt());
    const QColor colour = option.palette.color(QPalette::Text);
    row.icon(index.data(Qt::DecorationRole).value<QIcon>(), row.line(0, 2));
    QRect name = row.line(0, 2);
    if (state == TransferRow::State::Running || state == TransferRow::State::Paused)
        name = row.bar(index.data(TransferListModel::PermilleRole).toInt(), name);
    row.text(index.data(Qt::DisplayRole).toString(), name, Qt::AlignLeading, colour);
    const QRect status =
        row.trailingText(index.data(TransferListModel::OriginRole).toString(), row.line(1, 2));
    row.text(index.data(TransferListModel::StatusRole).toString(), status, Qt::AlignLeading,
             colour);
}

/// A note has one cell, and nothing beside it; the cells of blobs stand below each other.
void paintDetail(RowPainter &row, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
    if (!icon.isNull())
        row.icon(icon, row.line(0, 1));
    QRect place = row.line(0, 1);
    if (const QVariant permille = index.data(TransferListModel::PermilleRole); permille.isValid())
        place = row.bar(permille.toInt(), place);
    const QVariant quiet = index.data(Qt::ForegroundRole);
    const QColor colour =
        quiet.isValid() ? quiet.value<QColor>() : option.palette.color(QPalette::Text);
    const QStringList cells = index.data(TransferListModel::CellsRole).toStringList();
    const int character = option.fontMetrics.averageCharWidth();
    for (int cell = 0; cell < cells.size() && place.isValid(); ++cell) {
        const bool isLast = cell == cells.size() - 1;
        const int width = isLast ? place.width() : character * charactersOf.at(size_t(cell));
        const QRect part = place & QRect(place.left(), place.top(), width, place.height());
        row.text(cells.at(cell), part, cell == 1 ? Qt::AlignTrailing : Qt::AlignLeading, colour);
        place.setLeft(place.left() + width + 2 * margin);
    }
}

} // namespace

QSize TransferDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isDetail = index.parent().isValid();
    return {200, (isDetail ? 1 : 2) * option.fontMetrics.height() + (isDetail ? 1 : 2) * margin};
}

void TransferDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    background.icon = {};
    styleOf(option)->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);
    painter->save();
    RowPainter row(painter, option);
    if (index.parent().isValid())
        paintDetail(row, option, index);
    else
        paintTransfer(row, option, index);
    painter->restore();
}

} // namespace Longshore::Ui
