// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/desktop/options.h"
#include "core/base/interruption.h"
#include "core/cleanup/transferjournal.h"
#include "core/http/networkthread.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/presenters/desktopnotifier.h"

#include <QTimer>

namespace Longshore {

/// Builds everything the program is made of, once, and passes it on.
class Application final : public QObject
{
    Q_OBJECT

public:
    explicit Application(const Options &options);

    void start();

private:
    void takeScreenshotWhenSettled();
    void takeScreenshot();

    Options m_options;
    Interruption m_interruption;
    Network m_network;
    ConnectionStore m_connections;
    WindowSettings m_settings;
    TransferQueue m_transfers;
    std::shared_ptr<RunJournal> m_journal;
    TransferJournal m_transferJournal;
    Ui::DesktopNotifier m_notifier;
    Ui::MainWindow m_window;
    QTimer m_settled; ///< Runs out when nothing has arrived for a moment.
};

} // namespace Longshore
