// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/runjournal.h"
#include "core/settings/connectionstore.h"
#include "core/settings/windowsettings.h"
#include "core/transfer/transferqueue.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/pagetabs.h"
#include "ui/models/registrytreemodel.h"
#include "ui/models/transferlistmodel.h"
#include "ui/presenters/registrypresenter.h"
#include "ui/presenters/transferpresenter.h"

#include <QMainWindow>

class QStackedWidget;

namespace Longshore {
class TransferStore;
}

namespace Longshore::Ui {

class BackgroundRuns;
class ConnectionCommands;
class CopyCommands;
class DetailsDock;
class ExportCommands;
class MessageBar;
class Notifier;
class ProductionGuard;
class RegistriesDock;
class SelectionCommands;
class StatusLine;
class TransferCommands;
class TransfersDock;
class UploadCommands;
class WindowMemory;

/// What the window works with; made and owned by the program.
struct WindowServices
{
    Network &network;
    ConnectionStore &connections;
    WindowSettings &settings;
    TransferQueue &transfers;
    std::shared_ptr<RunJournal> journal = {}; ///< Null for none.
    std::shared_ptr<TransferStore> keptTransfers = {}; ///< Null for none.
    Notifier *notifier = nullptr; ///< Of transfers that have ended; null for none.
};

/// The window: puts actions, docks and tabs together.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const WindowServices &services);
    ~MainWindow() override;

    /// Opens a registry, a repository or an image, as typed; says in the window what is wrong
    /// with it.
    void openText(const QString &text);
    void restoreTabs();
    /// Closes the window without a question; transfers that run are stopped.
    void closeNow();
    /// Everything that was asked for has arrived, or will not come.
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] const MainActions &actions() const noexcept { return m_actions; }

signals:
    /// isSettled() may have become true.
    void progressed();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildCentre();
    void buildDocks();
    void connectActions();
    void connectParts();
    void reload();
    void revealPage();
    void updateSelection();
    void updateStatus();
    void handleOpeningFailure(const QString &connectionId, const Error &error);
    void warn(const QString &sentence);
    [[nodiscard]] QString currentConnection() const;

    WindowServices m_services;
    RegistryTreeModel m_registryModel;
    TransferListModel m_transferModel;
    RegistryPresenter m_registries;
    TransferPresenter m_transfers;
    MainActions m_actions;
    PageTabs *m_tabs;
    QStackedWidget *m_stack;
    MessageBar *m_message;
    RegistriesDock *m_registriesDock;
    DetailsDock *m_detailsDock;
    TransfersDock *m_transfersDock;
    ExportCommands *m_exports;
    CopyCommands *m_copies;
    ConnectionCommands *m_connectionCommands;
    BackgroundRuns *m_runs;
    SelectionCommands *m_selectionCommands;
    UploadCommands *m_uploads;
    TransferCommands *m_transferCommands;
    ProductionGuard *m_guard;
    StatusLine *m_status;
    WindowMemory *m_memory;
    bool m_mayClose = false;
};

} // namespace Longshore::Ui
