// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/transferjournal.h"

#include "core/cleanup/sessionrun.h"
#include "core/transfer/transferqueue.h"

namespace Longshore {

TransferJournal::TransferJournal(TransferQueue &queue, std::shared_ptr<RunJournal> journal,
                                 QObject *parent)
    : QObject(parent), m_journal(std::move(journal))
{
    if (m_journal)
        connect(&queue, &TransferQueue::ended, this, &TransferJournal::note);
}

void TransferJournal::note(const Transfer *transfer)
{
    const auto &result = transfer->result();
    const auto unconfirmed = transfer->task().unconfirmed;
    const auto left = unconfirmed ? std::exchange(*unconfirmed, std::nullopt) : std::nullopt;
    if (transfer->state() == Transfer::State::Finished) {
        if (result && result->stored)
            m_journal->record(runOf(*result->stored))->start();
    } else if (left) {
        const Error error = transfer->error().value_or(Error::cancelled());
        m_journal->record(unverified(runOf(*left), error))->start();
    }
}

} // namespace Longshore
