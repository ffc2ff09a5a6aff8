// SPDX-License-Identifier: Apache-2.0
#pragma once

class QAction;
class QDockWidget;
class QKeySequence;
class QMainWindow;
class QString;
template <typename T>
class QList;

namespace Longshore::Ui {

class MainActions;

/// Fills the menu bar and the toolbar; \a panels are the actions that show and hide the docks.
void buildMenus(QMainWindow &window, const MainActions &actions, const QList<QAction *> &panels);
void buildToolBar(QMainWindow &window, const MainActions &actions);
/// Dresses the action that shows and hides a dock.
void prepareToggle(const QDockWidget &dock, const QKeySequence &key, const QString &statusTip);

} // namespace Longshore::Ui
