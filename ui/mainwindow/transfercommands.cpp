// SPDX-License-Identifier: Apache-2.0
#include "ui/mainwindow/transfercommands.h"

#include "core/http/networkthread.h"
#include "core/http/ratelimit.h"
#include "core/transfer/transferstore.h"
#include "ui/dialogs/quitdialog.h"
#include "ui/dialogs/transferlimitsdialog.h"
#include "ui/format/errortext.h"
#include "ui/mainwindow/connectioncommands.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/pagetabs.h"
#include "ui/presenters/transferannouncer.h"
#include "ui/presenters/transferkeeper.h"
#include "ui/presenters/transferpresenter.h"

#include <QApplication>

#include <algorithm>

namespace Longshore::Ui {

using State = Transfer::State;

TransferCommands::TransferCommands(const WindowServices &services, const MainActions &actions,
                                   const Surroundings &surroundings, QWidget *window)
    : QObject(window)
    , m_queue(services.transfers)
    , m_settings(services.settings)
    , m_rate(rateLimitOf(services.network.transfers))
    , m_store(services.keptTransfers)
    , m_window(window)
{
    applyLimits();
    connectActions(actions);
    if (services.notifier)
        m_announcer = std::make_unique<TransferAnnouncer>(
            m_queue, *services.notifier, [] { return QApplication::activeWindow() != nullptr; });
    if (m_store)
        bringBack(surroundings);
}

void TransferCommands::bringBack(const Surroundings &surroundings)
{
    connect(m_store.get(), &TransferStore::notWritten, this, [this](const Error &error) {
        emit noticed(
            tr("The list of transfers will not outlive the program: %1").arg(error.message));
    });
    m_keeper = std::make_unique<TransferKeeper>(m_queue, surroundings.registries, *m_store);
    connect(m_keeper.get(), &TransferKeeper::signInNeeded, &surroundings.connections,
            [&connections = surroundings.connections](const QString &id, const Error &error) {
                connections.edit(id, errorText(error).headline);
            });
    surroundings.transfers.setSignInCheck(
        [keeper = m_keeper.get()](const Transfer *one) { return keeper->canSignIn(one); });
    surroundings.transfers.setConnectionNames(
        [keeper = m_keeper.get()](const Transfer *one) { return keeper->connectionOf(one); });
    connect(&surroundings.transfers, &TransferPresenter::signInRequested, m_keeper.get(),
            &TransferKeeper::signIn);
    connect(m_keeper.get(), &TransferKeeper::stored, &surroundings.tabs,
            [&tabs = surroundings.tabs](const QString &id, const RepositoryName &repository) {
                tabs.reloadRepository({id, repository});
            });
}

TransferCommands::~TransferCommands() = default;

void TransferCommands::connectActions(const MainActions &actions)
{
    connect(actions.pauseAll, &QAction::triggered, &m_queue, &TransferQueue::pauseAll);
    connect(actions.continueAll, &QAction::triggered, this,
            [this] { forEach(State::Paused, &TransferQueue::resume); });
    connect(actions.retryFailed, &QAction::triggered, this,
            [this] { forEach(State::Failed, &TransferQueue::retry); });
    connect(&m_queue, &TransferQueue::ended, this, &TransferCommands::handleEnd);
    connect(&m_queue, &TransferQueue::added, this, [this](const Transfer *transfer) {
        connect(transfer, &Transfer::paused, this, &TransferCommands::closeIfDone);
    });
    connect(actions.transferLimits, &QAction::triggered, this, &TransferCommands::askForLimits);
}

void TransferCommands::forEach(State state, void (TransferQueue::*what)(Transfer *))
{
    const QList<Transfer *> all = m_queue.transfers();
    for (Transfer *transfer : all) {
        if (transfer->state() == state)
            (m_queue.*what)(transfer);
    }
}

void TransferCommands::applyLimits()
{
    const TransferLimits limits = m_settings.transferLimits();
    m_queue.setLimit(limits.parallel);
    m_rate->set(limits.bytesPerSecond);
}

void TransferCommands::askForLimits()
{
    auto *dialog = new TransferLimitsDialog(m_settings.transferLimits(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_settings.setTransferLimits(dialog->limits());
        applyLimits();
    });
    dialog->open();
}

QString TransferCommands::notice() const
{
    return m_store ? m_store->notice() : QString();
}

bool TransferCommands::mayClose()
{
    m_closesWhenDone = false; // Whoever closes the window again is asked again.
    m_hasFailed = false;
    if (!isBusy())
        return true;
    QuitDialog::Transfers transfers;
    for (const Transfer *transfer : m_queue.transfers()) {
        if (!transfer->isOver())
            ++(m_keeper && m_keeper->keeps(transfer) ? transfers.kept : transfers.lost);
    }
    auto *dialog = new QuitDialog(transfers, m_window);
    connect(dialog, &QuitDialog::quitRequested, this, &TransferCommands::closeAgreed);
    connect(dialog, &QuitDialog::waitRequested, this, &TransferCommands::closeWhenDone);
    dialog->open();
    return false;
}

/// Whether anything would be missed when the program ended now.
bool TransferCommands::isBusy() const
{
    const QList<Transfer *> &all = m_queue.transfers();
    return std::any_of(all.begin(), all.end(), [this](const Transfer *transfer) {
        const bool isKept = m_keeper && m_keeper->keeps(transfer);
        return !transfer->isOver() && (!isKept || transfer->state() != State::Paused);
    });
}

void TransferCommands::closeWhenDone()
{
    if (m_hasFailed) // While somebody was asked.
        return stayOpen();
    m_closesWhenDone = true;
    emit noticed(tr("The window closes when the transfers are finished."));
    closeIfDone();
}

void TransferCommands::stayOpen()
{
    m_closesWhenDone = false;
    emit noticed(tr("The window stays, because a transfer has failed."));
}

/// As if somebody closed it now: whatever else goes on has a say.
void TransferCommands::closeIfDone()
{
    if (!m_closesWhenDone || isBusy())
        return;
    m_closesWhenDone = false;
    if (QApplication::activeModalWidget())
        return emit noticed(tr("The transfers are finished. The window stays, because it asks you "
                               "something."));
    emit closeWanted();
}

void TransferCommands::handleEnd(const Transfer *transfer)
{
    m_hasFailed = m_hasFailed || transfer->state() == State::Failed;
    if (m_closesWhenDone && m_hasFailed)
        return stayOpen();
    // Later: what waits for the transfer hears of its end, too, and may begin.
    QMetaObject::invokeMethod(this, &TransferCommands::closeIfDone, Qt::QueuedConnection);
}

void TransferCommands::stopAll()
{
    m_queue.pauseAll();
    const QList<Transfer *> all = m_queue.transfers();
    for (Transfer *transfer : all) {
        if (!m_keeper || !m_keeper->keeps(transfer))
            transfer->cancel();
    }
}

} // namespace Longshore::Ui
