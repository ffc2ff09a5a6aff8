// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/helpcommands.h"

#include "ui/dialogs/aboutdialog.h"
#include "ui/dialogs/shortcutsdialog.h"
#include "ui/mainwindow/mainactions.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>

namespace Longshore::Ui {

HelpCommands::HelpCommands(const MainActions &actions, QMainWindow *window)
    : QObject(window), m_actions(actions), m_window(*window)
{
    connect(actions.shortcuts, &QAction::triggered, this, &HelpCommands::showShortcuts);
    connect(actions.about, &QAction::triggered, window, [window] { showAboutDialog(window); });
}

void HelpCommands::showShortcuts()
{
    QList<QAction *> commands = m_actions.all();
    const auto docks = m_window.findChildren<QDockWidget *>();
    for (const QDockWidget *dock : docks)
        commands.append(dock->toggleViewAction());
    auto *dialog = new ShortcutsDialog(commands, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace Longshore::Ui
