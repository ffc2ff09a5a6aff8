// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/windowsettings.h"

#include <QObject>
#include <QTimer>

class QMainWindow;

namespace Longshore::Ui {

class PageTabs;

/// Keeps how the window looks for the next start: its place, its panels, its tabs and columns.
///
/// Saved a moment after each change, so that a program that is killed forgets no more than that.
class WindowMemory final : public QObject
{
    Q_OBJECT

public:
    /// Made when the window has all its docks: how it looks then is what "Reset Layout" means.
    WindowMemory(QMainWindow &window, PageTabs &tabs, WindowSettings &settings);

    void restore();
    void save();
    void resetLayout();

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QMainWindow &m_window;
    PageTabs &m_tabs;
    WindowSettings &m_settings;
    QByteArray m_firstState;
    QTimer m_changed;
};

} // namespace Longshore::Ui
