// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/runjournal.h"

namespace Longshore {

class Transfer;
class TransferQueue;

/// Writes down what transfers have changed in registries, as they end, also where they failed after
/// that. What cannot be written is
/// not: the change has happened by then.
class TransferJournal final : public QObject
{
    Q_OBJECT

public:
    /// \a queue must outlive this; a null \a journal remembers nothing.
    TransferJournal(TransferQueue &queue, std::shared_ptr<RunJournal> journal,
                    QObject *parent = nullptr);

private:
    void note(const Transfer *transfer);

    const std::shared_ptr<RunJournal> m_journal;
};

} // namespace Longshore
