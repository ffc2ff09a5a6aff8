// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QObject>

namespace Longshore::Ui {

/// Every command of the window, made once and shared by menus, toolbar, context menus and tests.
class MainActions final : public QObject
{
    Q_OBJECT

public:
    explicit MainActions(QObject *parent = nullptr);

    // Connection
    QAction *connectTo;
    QAction *openReference;
    QAction *openFile;
    QAction *editConnection;
    QAction *addRepository;
    QAction *removeConnection;
    QAction *allowChanges;
    QAction *closeTab;
    QAction *quit;
    // Edit
    QAction *undoDeletion;
    QAction *restoreBackup;
    QAction *showJournal;
    QAction *copyReference;
    QAction *copyPullCommand;
    QAction *copyDigest;
    QAction *find;
    // View
    QAction *reload;
    QAction *readAll;
    QAction *resetLayout;
    QAction *themeSystem;
    QAction *themeLight;
    QAction *themeDark;
    // Go
    QAction *up;
    QAction *nextTab;
    QAction *previousTab;
    // Image
    QAction *openImage;
    QAction *uploadImage;
    QAction *uploadFolder;
    QAction *addLayer;
    QAction *copyImage;
    QAction *retagImage;
    QAction *exportImage;
    QAction *exportLayer;
    QAction *exportLayers;
    QAction *deleteTags;
    QAction *cleanUp;
    // Transfers
    QAction *pauseAll;
    QAction *continueAll;
    QAction *retryFailed;
    QAction *transferLimits;
    // Help
    QAction *shortcuts;
    QAction *about;

    /// All of them, in the order of the menus.
    [[nodiscard]] QList<QAction *> all() const;

    /// Those about what is selected in a page, for its context menus.
    [[nodiscard]] QList<QAction *> onSelection() const;

    /// The platform's own keys, and \a own where the platform has none.
    [[nodiscard]] static QList<QKeySequence> keys(QKeySequence::StandardKey standard,
                                                  const QList<QKeySequence> &own);

private:
    struct Look
    {
        QString name;
        QString icon;
        QString text;
        QString statusTip;
    };

    QAction *make(const Look &look, const QList<QKeySequence> &keys);
};

} // namespace Longshore::Ui
