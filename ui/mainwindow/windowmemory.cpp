// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/windowmemory.h"

#include "ui/mainwindow/pagetabs.h"

#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>

using namespace std::chrono_literals;

namespace Longshore::Ui {

// Goes up when the docks change, so that an old state is not forced on a new window.
constexpr int layoutVersion = 1;

WindowMemory::WindowMemory(QMainWindow &window, PageTabs &tabs, WindowSettings &settings)
    : QObject(&window)
    , m_window(window)
    , m_tabs(tabs)
    , m_settings(settings)
    , m_firstState(window.saveState(layoutVersion))
{
    m_changed.setSingleShot(true);
    m_changed.setInterval(1s);
    connect(&m_changed, &QTimer::timeout, this, &WindowMemory::save);
    const auto noteChange = qOverload<>(&QTimer::start);
    connect(&tabs, &PageTabs::currentPageChanged, &m_changed, noteChange);
    const auto docks = window.findChildren<QDockWidget *>();
    for (const QDockWidget *dock : docks) {
        connect(dock, &QDockWidget::visibilityChanged, &m_changed, noteChange);
        connect(dock, &QDockWidget::dockLocationChanged, &m_changed, noteChange);
        connect(dock, &QDockWidget::topLevelChanged, &m_changed, noteChange);
    }
    window.installEventFilter(this);
}

bool WindowMemory::eventFilter(QObject *watched, QEvent *event)
{
    // A dock that is resized makes the window lay itself out anew.
    const QList<QEvent::Type> changes{QEvent::Move, QEvent::Resize, QEvent::LayoutRequest};
    if (m_window.isVisible() && changes.contains(event->type()))
        m_changed.start();
    return QObject::eventFilter(watched, event);
}

void WindowMemory::restore()
{
    m_window.restoreGeometry(m_settings.geometry());
    m_window.restoreState(m_settings.state(), layoutVersion);
}

void WindowMemory::save()
{
    m_changed.stop();
    m_settings.setGeometry(m_window.saveGeometry());
    m_settings.setState(m_window.saveState(layoutVersion));
    m_settings.setOpenTabs(m_tabs.saved());
    m_tabs.saveColumns();
}

void WindowMemory::resetLayout()
{
    m_window.restoreState(m_firstState, layoutVersion);
}

} // namespace Longshore::Ui
