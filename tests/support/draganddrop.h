// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QWidget>

/// A drag across a widget, made by hand: Qt's own never ends without a pointer.
class DragAndDrop
{
public:
    /// Whoever drags proposes to move, as file managers do.
    DragAndDrop(QWidget &target, const QMimeData &data) : m_target(target), m_data(data) {}

    /// Comes in at the point; true when something may be dropped there.
    bool enter(const QPoint &point)
    {
        QDragEnterEvent event(point, actions, &m_data, Qt::LeftButton, Qt::NoModifier);
        return send(event) && moveTo(point);
    }
    bool moveTo(const QPoint &point)
    {
        QDragMoveEvent event(point, actions, &m_data, Qt::LeftButton, Qt::NoModifier);
        return send(event);
    }
    void leave()
    {
        QDragLeaveEvent event;
        QCoreApplication::sendEvent(&m_target, &event);
    }
    /// True when it was taken, and as a copy.
    bool drop(const QPoint &point)
    {
        QDropEvent event(point, actions, &m_data, Qt::LeftButton, Qt::NoModifier);
        return send(event);
    }

private:
    static constexpr Qt::DropActions actions = Qt::CopyAction | Qt::MoveAction;

    bool send(QDropEvent &event)
    {
        event.setDropAction(Qt::MoveAction);
        event.ignore();
        QCoreApplication::sendEvent(&m_target, &event);
        return event.isAccepted() && event.dropAction() == Qt::CopyAction;
    }

    QWidget &m_target;
    const QMimeData &m_data;
};
