// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/transferqueue.h"

#include <QHash>

namespace Longshore::Ui {

class TransferListModel;

/// Shows the queue of transfers, and passes on what the user wants of it.
class TransferPresenter final : public QObject
{
    Q_OBJECT

public:
    TransferPresenter(TransferQueue &queue, TransferListModel &model, QObject *parent = nullptr);

    [[nodiscard]] qsizetype activeCount() const { return m_queue.activeCount(); }
    /// Puts it into the queue; gives the number of the transfer in the model.
    quint64 add(const TransferTask &task);
    void cancel(quint64 id);
    void pause(quint64 id);
    void resume(quint64 id);
    /// Down the list, or up by a negative number of \a places.
    void moveBy(quint64 id, int places);
    void retry(quint64 id);
    /// Of one that waits for that.
    void signIn(quint64 id);
    /// Says of which transfers a sign-in can be asked for; of none before.
    void setSignInCheck(std::function<bool(const Transfer *)> canSignIn);
    /// Says by which connection a transfer goes; no name before.
    void setConnectionNames(std::function<QString(const Transfer *)> nameOf);
    void cancelAll() { m_queue.cancelAll(); }
    void clearEnded() { m_queue.clearEnded(); }

signals:
    void changed(quint64 id);
    void ended(quint64 id);
    /// It is not in the list any more.
    void removed(quint64 id);
    /// The person wants to sign in so that it goes on.
    void signInRequested(const Longshore::Transfer *transfer);

private:
    void show(Transfer *transfer);
    void update(quint64 id, const Transfer *transfer);
    void updateAll();

    TransferQueue &m_queue;
    TransferListModel &m_model;
    QHash<quint64, Transfer *> m_transfers;
    std::function<bool(const Transfer *)> m_canSignIn = [](const Transfer *) { return false; };
    std::function<QString(const Transfer *)> m_connectionOf = [](const Transfer *) {
        return QString();
    };
    quint64 m_lastId = 0;
};

} // namespace Longshore::Ui
