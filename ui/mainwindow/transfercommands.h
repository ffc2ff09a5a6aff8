// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/transferqueue.h"

#include <QWidget>

namespace Longshore {
class RateLimit;
class TransferStore;
class WindowSettings;
} // namespace Longshore

namespace Longshore::Ui {

class ConnectionCommands;
class MainActions;
class PageTabs;
class RegistryPresenter;
class TransferAnnouncer;
class TransferKeeper;
class TransferPresenter;
struct WindowServices;

/// What concerns all transfers: their limits, who is told of their end, and that they come back when
/// the program starts, and are not lost when it ends.
class TransferCommands final : public QObject
{
    Q_OBJECT

public:
    /// What transfers need of the window to go on.
    struct Surroundings
    {
        RegistryPresenter &registries;
        ConnectionCommands &connections;
        PageTabs &tabs;
        TransferPresenter &transfers;
    };

    /// Where \a services have no store, nothing outlives the program.
    TransferCommands(const WindowServices &services, const MainActions &actions,
                     const Surroundings &surroundings, QWidget *window);
    ~TransferCommands() override;

    /// Whether the window may close now. If not, somebody is asked, and closeAgreed() may come.
    [[nodiscard]] bool mayClose();
    /// Pauses what comes back, and stops the others.
    void stopAll();
    /// What could not be brought back, for a message; empty when all is well.
    [[nodiscard]] QString notice() const;

signals:
    void closeAgreed();
    /// The transfers that somebody waited for are finished.
    void closeWanted();
    /// Something that the person should know; a sentence.
    void noticed(const QString &notice);

private:
    void bringBack(const Surroundings &surroundings);
    void connectActions(const MainActions &actions);
    void askForLimits();
    void applyLimits();
    [[nodiscard]] bool isBusy() const;
    void closeWhenDone();
    void stayOpen();
    void closeIfDone();
    void handleEnd(const Transfer *transfer);
    void forEach(Transfer::State state, void (TransferQueue::*what)(Transfer *));

    TransferQueue &m_queue;
    WindowSettings &m_settings;
    const std::shared_ptr<RateLimit> m_rate;
    const std::shared_ptr<TransferStore> m_store;
    std::unique_ptr<TransferKeeper> m_keeper; ///< Null when nothing is kept.
    std::unique_ptr<TransferAnnouncer> m_announcer; ///< Null when nobody is told.
    QWidget *m_window;
    bool m_closesWhenDone = false;
    bool m_hasFailed = false; ///< Since somebody was asked.
};

} // namespace Longshore::Ui
