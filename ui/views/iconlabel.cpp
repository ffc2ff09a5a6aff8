// SPDX-License-Identifier: Apache-2.0
#include "ui/views/iconlabel.h"

#include <QEvent>
#include <QStyle>

namespace Longshore::Ui {

IconLabel::IconLabel(const QIcon &icon, QWidget *parent) : QLabel(parent), m_icon(icon)
{
    setTextFormat(Qt::PlainText);
    draw();
}

void IconLabel::setIcon(const QIcon &icon)
{
    m_icon = icon;
    draw();
}

/// A pixmap has the colour of the time when it was made.
void IconLabel::draw()
{
    setPixmap(m_icon.pixmap(style()->pixelMetric(QStyle::PM_SmallIconSize)));
}

void IconLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

} // namespace Longshore::Ui
