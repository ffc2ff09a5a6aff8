// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/transfer.h"

namespace Longshore {

/// All transfers of the program, in the order in which they were asked for; a few run at once.
class TransferQueue final : public QObject
{
    Q_OBJECT

public:
    explicit TransferQueue(int limit = 3, QObject *parent = nullptr);
    ~TransferQueue() override;

    Transfer *add(const TransferSubject &subject);
    /// A failed or cancelled transfer waits for its turn again.
    void retry(Transfer *transfer);
    void cancelAll();
    void clearEnded();

    [[nodiscard]] const QList<Transfer *> &transfers() const noexcept { return m_transfers; }
    /// Waiting and running ones.
    [[nodiscard]] qsizetype activeCount() const;

signals:
    void added(Longshore::Transfer *transfer);
    void removed(Longshore::Transfer *transfer);
    void ended(Longshore::Transfer *transfer);

private:
    void startWhatFits();

    const int m_limit;
    QList<Transfer *> m_transfers;
};

} // namespace Longshore
