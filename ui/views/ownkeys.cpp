// SPDX-License-Identifier: Apache-2.0
#include "ui/views/ownkeys.h"

#include <QAction>
#include <QKeyEvent>
#include <QWidget>

namespace Longshore::Ui {

OwnKeys::OwnKeys(QWidget &widget) : QObject(&widget), m_widget(widget)
{
    widget.installEventFilter(this);
}

QAction *OwnKeys::actionFor(const QKeyEvent &event) const
{
    const QKeySequence key(event.keyCombination());
    const QList<QAction *> actions = m_widget.actions();
    for (QAction *action : actions) {
        if (action->shortcutContext() == Qt::WidgetShortcut && action->isEnabled()
            && action->shortcuts().contains(key))
            return action;
    }
    return nullptr;
}

bool OwnKeys::eventFilter(QObject *watched, QEvent *event)
{
    const bool isAsked = event->type() == QEvent::ShortcutOverride;
    if (!isAsked && event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    QAction *action = actionFor(*static_cast<QKeyEvent *>(event));
    if (!action)
        return QObject::eventFilter(watched, event);
    event->accept(); // Of the question: the key comes here instead of to the window.
    if (!isAsked)
        action->trigger();
    return true;
}

} // namespace Longshore::Ui
