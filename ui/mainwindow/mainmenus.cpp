// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/mainmenus.h"

#include "ui/format/tintedicon.h"
#include "ui/mainwindow/mainactions.h"

#include <QCoreApplication>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QStyle>
#include <QToolBar>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MainMenus)
};

/// Null stands for a line between groups.
void addMenu(QMainWindow &window, const QString &title, const QList<QAction *> &actions)
{
    QMenu *menu = window.menuBar()->addMenu(title);
    for (QAction *action : actions) {
        if (action)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
}

} // namespace

void buildMenus(QMainWindow &window, const MainActions &actions, const QList<QAction *> &panels)
{
    addMenu(window, Text::tr("&Connection"),
            {actions.connectTo, actions.openReference, actions.openFile, nullptr,
             actions.editConnection, actions.addRepository, actions.removeConnection,
             actions.allowChanges, nullptr, actions.closeTab, actions.quit});
    addMenu(window, Text::tr("&Edit"),
            {actions.undoDeletion, actions.restoreBackup, actions.showJournal, nullptr,
             actions.copyReference, actions.copyPullCommand, actions.copyDigest, nullptr,
             actions.find});
    QList<QAction *> view{actions.reload, actions.readAll, nullptr};
    view += panels;
    view +=
        {actions.resetLayout, nullptr, actions.themeSystem, actions.themeLight, actions.themeDark};
    addMenu(window, Text::tr("&View"), view);
    addMenu(window, Text::tr("&Go"), {actions.up, actions.nextTab, actions.previousTab});
    addMenu(window, Text::tr("&Image"),
            {actions.openImage, nullptr, actions.uploadImage, actions.uploadFolder,
             actions.addLayer, nullptr, actions.copyImage, actions.retagImage, actions.exportImage,
             actions.exportLayer, actions.exportLayers, nullptr, actions.deleteTags,
             actions.cleanUp});
    addMenu(window, Text::tr("T&ransfers"),
            {actions.pauseAll, actions.continueAll, actions.retryFailed, nullptr,
             actions.transferLimits});
    addMenu(window, Text::tr("&Help"), {actions.shortcuts, actions.about});
}

void buildToolBar(QMainWindow &window, const MainActions &actions)
{
    auto *bar = window.addToolBar(Text::tr("Main Toolbar"));
    bar->setObjectName(u"mainToolBar"_s);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setMovable(false);
    const int size = window.style()->pixelMetric(QStyle::PM_SmallIconSize) * 5 / 4;
    bar->setIconSize({size, size});
    const QList<QAction *> shown{actions.up,          actions.reload,        nullptr,
                                 actions.connectTo,   actions.openReference, nullptr,
                                 actions.uploadImage, actions.exportImage,   actions.exportLayer,
                                 actions.deleteTags,  actions.cleanUp};
    for (QAction *action : shown) {
        if (!action) {
            bar->addSeparator();
            continue;
        }
        bar->addAction(action);
    }
}

void prepareToggle(const QDockWidget &dock, const QKeySequence &key, const QString &statusTip)
{
    QAction *toggle = dock.toggleViewAction();
    toggle->setObjectName("show_"_L1 + dock.objectName());
    toggle->setIcon(tintedIcon(u"sidebar"_s));
    toggle->setShortcut(key);
    toggle->setStatusTip(statusTip);
}

} // namespace Longshore::Ui
