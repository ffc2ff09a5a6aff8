// SPDX-License-Identifier: Apache-2.0
#include "ui/views/scrolledform.h"

#include <QApplication>
#include <QEvent>
#include <QScrollBar>

namespace Longshore::Ui {

constexpr int fewestLines = 6;

ScrolledForm::ScrolledForm(QWidget *content, QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus); // What is in it has the focus.
    setWidget(content);
    m_height = sizeHint().height();
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, QWidget *now) {
        if (now && widget()->isAncestorOf(now))
            ensureWidgetVisible(now);
    });
}

QSize ScrolledForm::sizeHint() const
{
    QSize size = widget()->sizeHint();
    if (widget()->hasHeightForWidth())
        size.setHeight(widget()->heightForWidth(std::max(size.width(), viewport()->width())));
    return size;
}

QSize ScrolledForm::minimumSizeHint() const
{
    return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(),
            std::min(fontMetrics().height() * fewestLines, widget()->minimumSizeHint().height())};
}

void ScrolledForm::updateHeight()
{
    const int before = std::exchange(m_height, sizeHint().height());
    updateGeometry();
    if (m_height > before && isVisible())
        emit grown(m_height - before);
}

bool ScrolledForm::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateHeight();
    return QScrollArea::eventFilter(watched, event);
}

} // namespace Longshore::Ui
