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
    /// Adds a transfer of an earlier program at the end: paused, or failed by \a error. \a done and
    /// \a total are in bytes, as they were shown last.
    Transfer *bringBack(const TransferTask &task, qint64 done, qint64 total,
                        const std::optional<Error> &error = {});
    /// A failed or cancelled transfer waits for its turn again; any other goes on as it is.
    void retry(Transfer *transfer);
    /// The same, and from now on it is what \a task says: of the same thing, by another way.
    void retry(Transfer *transfer, const TransferTask &task);
    /// A paused transfer waits for its turn again; any other goes on as it is.
    void resume(Transfer *transfer);
    /// Gives a transfer another place in the list. Those that wait start in its order.
    void move(Transfer *transfer, qsizetype place);
    /// How many may run at once, at least 1. What runs already goes on.
    void setLimit(int limit);
    /// As it was set.
    [[nodiscard]] int limit() const noexcept { return m_limit; }
    /// Cancels what waits, what runs and what is paused.
    void cancelAll();
    /// Pauses what waits and what runs.
    void pauseAll();
    /// Removes all that are over; they are deleted from the event loop.
    void clearEnded();

    /// In the order in which they were added, or moved to.
    [[nodiscard]] const QList<Transfer *> &transfers() const noexcept { return m_transfers; }
    /// Those that are not over.
    [[nodiscard]] qsizetype activeCount() const;

signals:
    /// The list has \a transfer at its end, which may be running already.
    void added(Longshore::Transfer *transfer);
    /// The list has lost \a transfer, which is deleted next.
    void removed(Longshore::Transfer *transfer);
    /// \a transfer is at another place.
    void moved(Longshore::Transfer *transfer, qsizetype place);
    /// As Transfer::ended() says.
    void ended(Longshore::Transfer *transfer);

private:
    void leaveParts(Transfer *gone) const;
    void insert(Transfer *transfer);
    void startWhatFits();

    int m_limit;
    QList<Transfer *> m_transfers;
};

} // namespace Longshore
