// SPDX-License-Identifier: Apache-2.0
#include "ui/views/droparea.h"

#include <QDragEnterEvent>
#include <QRubberBand>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

DropArea::DropArea(QWidget &area, Look look, Take take)
    : QObject(&area)
    , m_area(area)
    , m_look(std::move(look))
    , m_take(std::move(take))
    , m_frame(new QRubberBand(QRubberBand::Rectangle, &area))
{
    m_frame->setObjectName(u"dropFrame"_s);
    area.setAcceptDrops(true);
    area.installEventFilter(this);
}

bool DropArea::eventFilter(QObject *, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: return handleMove(*static_cast<QDropEvent *>(event));
    case QEvent::DragLeave: leave(); return true;
    case QEvent::Drop: handleDrop(*static_cast<QDropEvent *>(event)); return true;
    default: return false;
    }
}

/// Whoever drags proposes to move things, too; what is dropped here is copied.
static void acceptCopy(QDropEvent &event)
{
    event.setDropAction(Qt::CopyAction);
    event.accept();
}

bool DropArea::handleMove(QDropEvent &event)
{
    const auto [text, frame] = m_look(*event.mimeData(), event.position().toPoint());
    if (text.isEmpty())
        return false; // A text for a line to type in, for instance.
    m_frame->setGeometry(frame);
    m_frame->setVisible(!frame.isEmpty());
    emit announced(text);
    // Who enters is always let in, because nobody else is told of the way across.
    if (event.type() == QEvent::DragEnter || !frame.isEmpty())
        acceptCopy(event);
    else
        event.ignore();
    return true;
}

void DropArea::handleDrop(QDropEvent &event)
{
    leave();
    const QPoint point = event.position().toPoint();
    if (m_look(*event.mimeData(), point).frame.isEmpty())
        return event.ignore();
    acceptCopy(event);
    m_take(*event.mimeData(), point);
}

void DropArea::leave()
{
    m_frame->hide();
    emit announced({});
}

} // namespace Longshore::Ui
