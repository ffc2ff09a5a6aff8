// SPDX-License-Identifier: Apache-2.0
#include "ui/delegates/transferdelegate.h"

#include "ui/models/transferlistmodel.h"

#include <QApplication>
#include <QPainter>

namespace Longshore::Ui {

namespace {

constexpr int margin = 6;

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

} // namespace

QSize TransferDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {200, 2 * option.fontMetrics.height() + 2 * margin};
}

void TransferDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    background.icon = {};
    styleOf(option)->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);

    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const auto mirrored = [&](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    QRect content = option.rect.adjusted(margin, margin, -margin, -margin);
    const int icon = iconSize(option);
    index.data(Qt::DecorationRole)
        .value<QIcon>()
        .paint(painter, mirrored({content.left(), content.top(), icon, icon}), Qt::AlignCenter,
               isSelected ? QIcon::Selected : QIcon::Normal);
    content.setLeft(content.left() + icon + margin);

    const auto state =
        static_cast<TransferRow::State>(index.data(TransferListModel::StateRole).toInt());
    QRect text = content;
    if (state == TransferRow::State::Running || state == TransferRow::State::Paused) {
        const QRect bar(content.right() - content.width() / 4, content.top(), content.width() / 4,
                        option.fontMetrics.height());
        drawBar(painter, option, mirrored(bar),
                index.data(TransferListModel::PermilleRole).toInt());
        text.setRight(bar.left() - margin);
    }
    painter->save();
    painter->setPen(option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text));
    const auto line = [&](const QRect &rect, const QString &words) {
        painter->drawText(mirrored(rect), Qt::AlignVCenter | Qt::AlignLeading,
                          option.fontMetrics.elidedText(words, Qt::ElideRight, rect.width()));
    };
    const int height = option.fontMetrics.height();
    line({text.left(), text.top(), text.width(), height}, index.data(Qt::DisplayRole).toString());
    line({content.left(), content.top() + height, content.width(), height},
         index.data(TransferListModel::StatusRole).toString());
    painter->restore();
}

} // namespace Longshore::Ui
