// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/mainactions.h"

#include "ui/format/tintedicon.h"

#include <QActionGroup>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

QList<QKeySequence> MainActions::keys(QKeySequence::StandardKey standard,
                                      const QList<QKeySequence> &own)
{
    QList<QKeySequence> result = QKeySequence::keyBindings(standard);
    for (const QKeySequence &key : own) {
        if (!result.contains(key))
            result.append(key);
    }
    return result;
}

QAction *MainActions::make(const Look &look, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(tintedIcon(look.icon), look.text, this);
    action->setObjectName(look.name);
    action->setStatusTip(look.statusTip);
    action->setToolTip(look.statusTip);
    action->setShortcuts(keys);
    return action;
}

MainActions::MainActions(QObject *parent)
    : QObject(parent)
    , connectTo(make(
          {u"connectTo"_s, u"connect"_s, tr("&New Connection\u2026"), tr("Connect to a registry")},
          keys(QKeySequence::New, {Qt::CTRL | Qt::Key_N})))
    , openReference(make({u"openReference"_s, u"open"_s, tr("&Open Reference\u2026"),
                          tr("Go to a registry, a repository or an image by its name")},
                         {Qt::CTRL | Qt::Key_L}))
    , openFile(make({u"openFile"_s, u"open"_s, tr("Open &Image File\u2026"),
                     tr("Look into an archive or a folder with images, without any registry")},
                    keys(QKeySequence::Open, {Qt::CTRL | Qt::Key_O})))
    , editConnection(make({u"editConnection"_s, u"lock"_s, tr("&Edit Connection\u2026"),
                           tr("Change the address or the account of the selected connection")},
                          {Qt::CTRL | Qt::SHIFT | Qt::Key_L}))
    , addRepository(make({u"addRepository"_s, u"add"_s, tr("&Add Repository\u2026"),
                          tr("Add a repository that the registry does not list")},
                         {Qt::CTRL | Qt::SHIFT | Qt::Key_N}))
    , removeConnection(make({u"removeConnection"_s, u"close"_s, tr("&Remove Connection\u2026"),
                             tr("Take the selected connection out of the list; nothing is deleted "
                                "on the server")},
                            {Qt::CTRL | Qt::SHIFT | Qt::Key_Delete}))
    , allowChanges(make({u"allowChanges"_s, u"lock"_s, tr("Allow C&hanges"),
                         tr("Let changes through to this registry in production, until the "
                            "connection is closed")},
                        {Qt::CTRL | Qt::SHIFT | Qt::Key_P}))
    , closeTab(make({u"closeTab"_s, u"close"_s, tr("&Close Tab"), tr("Close this tab")},
                    keys(QKeySequence::Close, {Qt::CTRL | Qt::Key_W})))
    , quit(make({u"quit"_s, u"quit"_s, tr("&Quit"), tr("Close the program")},
                keys(QKeySequence::Quit, {Qt::CTRL | Qt::Key_Q})))
    , undoDeletion(make({u"undoDeletion"_s, u"retry"_s, tr("&Undo Deletion\u2026"),
                         tr("Bring back the tags that were deleted last")},
                        keys(QKeySequence::Undo, {Qt::CTRL | Qt::Key_Z})))
    , restoreBackup(make({u"restoreBackup"_s, u"retry"_s, tr("&Restore from Backup\u2026"),
                          tr("Bring back tags out of the backup of a deletion")},
                         {Qt::CTRL | Qt::SHIFT | Qt::Key_Z}))
    , showJournal(make({u"showJournal"_s, u"details"_s, tr("&Journal and Backups\u2026"),
                        tr("Show what was changed, and the backups of it")},
                       {Qt::CTRL | Qt::SHIFT | Qt::Key_J}))
    , copyReference(make({u"copyReference"_s, u"copy"_s, tr("&Copy Reference"),
                          tr("Copy the reference of what is selected")},
                         keys(QKeySequence::Copy, {Qt::CTRL | Qt::Key_C})))
    , copyPullCommand(make({u"copyPullCommand"_s, u"copy"_s, tr("Copy &Pull Command"),
                            tr("Copy the command that pulls what is selected")},
                           {Qt::CTRL | Qt::SHIFT | Qt::Key_C}))
    , copyDigest(make({u"copyDigest"_s, u"copy"_s, tr("Copy &Digest"),
                       tr("Copy the digest of what is selected")},
                      {Qt::CTRL | Qt::SHIFT | Qt::Key_I}))
    , find(make({u"find"_s, u"search"_s, tr("&Filter"), tr("Filter the list of this page")},
                keys(QKeySequence::Find, {Qt::CTRL | Qt::Key_F, Qt::Key_Slash})))
    , reload(make({u"reload"_s, u"reload"_s, tr("&Reload"), tr("Read this page again")},
                  keys(QKeySequence::Refresh, {Qt::Key_F5, Qt::CTRL | Qt::Key_R})))
    , readAll(make({u"readAllDetails"_s, u"details"_s, tr("Read &All Details"),
                    tr("Read the details of every tag of this repository")},
                   {Qt::CTRL | Qt::SHIFT | Qt::Key_R}))
    , resetLayout(make({u"resetLayout"_s, u"sidebar"_s, tr("Reset La&yout"),
                        tr("Put all panels back where they were at first")},
                       {Qt::CTRL | Qt::SHIFT | Qt::Key_0}))
    , themeSystem(make({u"themeSystem"_s, u"theme"_s, tr("As the &System"),
                        tr("Follow the colours of the desktop")},
                       {Qt::CTRL | Qt::SHIFT | Qt::Key_F1}))
    , themeLight(make({u"themeLight"_s, u"theme"_s, tr("&Light"), tr("Dark text on light ground")},
                      {Qt::CTRL | Qt::SHIFT | Qt::Key_F2}))
    , themeDark(make({u"themeDark"_s, u"theme"_s, tr("&Dark"), tr("Light text on dark ground")},
                     {Qt::CTRL | Qt::SHIFT | Qt::Key_F3}))
    , up(make(
          {u"up"_s, u"up"_s, tr("&Up to the Repository"), tr("Go from an image to its repository")},
          {Qt::ALT | Qt::Key_Up}))
    , nextTab(make({u"nextTab"_s, u"image"_s, tr("&Next Tab"), tr("Go to the next tab")},
                   keys(QKeySequence::NextChild, {Qt::CTRL | Qt::Key_Tab})))
    , previousTab(
          make({u"previousTab"_s, u"image"_s, tr("&Previous Tab"), tr("Go to the previous tab")},
               keys(QKeySequence::PreviousChild, {Qt::CTRL | Qt::SHIFT | Qt::Key_Tab})))
    , openImage(
          make({u"openImage"_s, u"image"_s, tr("&Open"), tr("Open what is selected in a tab")},
               {Qt::CTRL | Qt::Key_Return}))
    , uploadImage(make({u"uploadImage"_s, u"upload"_s, tr("&Upload Image\u2026"),
                        tr("Bring images from archives on this computer into a repository")},
                       {Qt::CTRL | Qt::Key_U}))
    , uploadFolder(make({u"uploadFolder"_s, u"upload"_s, tr("Upload Image &Folder\u2026"),
                         tr("Bring images from an OCI layout or a folder of skopeo into a "
                            "repository")},
                        {Qt::CTRL | Qt::SHIFT | Qt::Key_U}))
    , addLayer(make({u"addLayer"_s, u"upload"_s, tr("&Add Layer\u2026"),
                     tr("Put a layer, or files that become one, on top of the image that is "
                        "shown")},
                    {Qt::CTRL | Qt::SHIFT | Qt::Key_A}))
    , copyImage(make({u"copyImage"_s, u"copy"_s, tr("Copy &To\u2026"),
                      tr("Bring the selected images to another repository or registry")},
                     {Qt::SHIFT | Qt::Key_F2}))
    , retagImage(make({u"retagImage"_s, u"tag"_s, tr("&Retag\u2026"),
                       tr("Point further tags of the repository at the selected image")},
                      {Qt::Key_F2}))
    , exportImage(make({u"exportImage"_s, u"export"_s, tr("E&xport Image\u2026"),
                        tr("Bring the selected image to disk, verified")},
                       {Qt::CTRL | Qt::SHIFT | Qt::Key_E}))
    , exportLayer(make({u"exportLayer"_s, u"export"_s, tr("&Export Layer\u2026"),
                        tr("Save the selected layer to a file, as it is stored")},
                       {Qt::CTRL | Qt::Key_E}))
    , exportLayers(make({u"exportLayers"_s, u"export"_s, tr("Export La&yers\u2026"),
                         tr("Save the selected layers to a folder, as they are stored or as plain "
                            "tars")},
                        {Qt::CTRL | Qt::SHIFT | Qt::Key_Y}))
    , deleteTags(
          make({u"deleteTags"_s, u"delete"_s, tr("&Delete\u2026"),
                tr("Delete the selected tags, after showing everything that goes with them")},
               keys(QKeySequence::Delete, {Qt::Key_Delete})))
    , cleanUp(make({u"cleanUp"_s, u"clear"_s, tr("Clea&n Up\u2026"),
                    tr("Plan by rules which tags of a repository go, and see it before")},
                   {Qt::CTRL | Qt::SHIFT | Qt::Key_K}))
    , pauseAll(make({u"pauseAll"_s, u"pause"_s, tr("&Pause All"),
                     tr("Hold all transfers; what has arrived stays")},
                    {Qt::CTRL | Qt::SHIFT | Qt::Key_H}))
    , continueAll(make({u"continueAll"_s, u"play"_s, tr("&Continue All"),
                        tr("Go on with all transfers that are paused")},
                       {Qt::CTRL | Qt::SHIFT | Qt::Key_G}))
    , retryFailed(make({u"retryFailed"_s, u"retry"_s, tr("&Retry Failed"),
                        tr("Start all transfers once more that have failed")},
                       {Qt::CTRL | Qt::SHIFT | Qt::Key_T}))
    , transferLimits(make({u"transferLimits"_s, u"details"_s, tr("Transfer &Limits\u2026"),
                           tr("Choose how many transfers run at once, and how fast")},
                          {Qt::CTRL | Qt::SHIFT | Qt::Key_B}))
    , shortcuts(make({u"shortcuts"_s, u"help"_s, tr("&Keyboard Shortcuts"),
                      tr("Show every command and its keys")},
                     keys(QKeySequence::HelpContents, {Qt::Key_F1})))
    , about(make({u"about"_s, u"info"_s, tr("&About Longshore"), tr("Show the version")},
                 {Qt::SHIFT | Qt::Key_F1}))
{
    auto *themes = new QActionGroup(this);
    for (QAction *theme : {themeSystem, themeLight, themeDark}) {
        theme->setCheckable(true);
        themes->addAction(theme);
    }
}

QList<QAction *> MainActions::onSelection() const
{
    return {openImage,   copyReference, copyPullCommand, copyDigest,  copyImage,  retagImage,
            exportImage, exportLayer,   exportLayers,    uploadImage, deleteTags, cleanUp};
}

QList<QAction *> MainActions::all() const
{
    return {connectTo,
            openReference,
            openFile,
            editConnection,
            addRepository,
            removeConnection,
            allowChanges,
            closeTab,
            quit,
            undoDeletion,
            restoreBackup,
            showJournal,
            copyReference,
            copyPullCommand,
            copyDigest,
            find,
            reload,
            readAll,
            resetLayout,
            themeSystem,
            themeLight,
            themeDark,
            up,
            nextTab,
            previousTab,
            openImage,
            uploadImage,
            uploadFolder,
            addLayer,
            copyImage,
            retagImage,
            exportImage,
            exportLayer,
            exportLayers,
            deleteTags,
            cleanUp,
            pauseAll,
            continueAll,
            retryFailed,
            transferLimits,
            shortcuts,
            about};
}

} // namespace Longshore::Ui
