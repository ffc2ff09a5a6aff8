// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/transfer.h"

namespace Longshore {

/// All transfers of the program, in the order in which they were asked for; a few run at once.
class TransferQueue final : public QObject
{
    Q_OBJECT

public:
    /// At most \a limit transfers run at once.
    explicit TransferQueue(int limit = 3, QObject *parent = nullptr);
    ~TransferQueue() override;

    /// Adds a transfer at the end. It belongs to the queue.
    Transfer *add(const TransferTask &task);
    /// A failed or cancelled transfer waits for its turn again; any other goes on as it is.
    void retry(Transfer *transfer);
    /// Cancels what waits and what runs.
    void cancelAll();
    /// Removes all that are over; they are deleted from the event loop.
    void clearEnded();

    /// In the order in which they were added.
    [[nodiscard]] const QList<Transfer *> &transfers() const noexcept { return m_transfers; }
    /// Waiting and running ones.
    [[nodiscard]] qsizetype activeCount() const;

signals:
    /// The list has \a transfer at its end, which may be running already.
    void added(Longshore::Transfer *transfer);
    /// The list has lost \a transfer, which is deleted next.
    void removed(Longshore::Transfer *transfer);
    /// As Transfer::ended() says.
    void ended(Longshore::Transfer *transfer);

private:
    void startWhatFits();

    const int m_limit;
    QList<Transfer *> m_transfers;
};

} // namespace Longshore
