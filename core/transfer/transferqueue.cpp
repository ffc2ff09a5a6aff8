// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transferqueue.h"

#include <algorithm>

namespace Longshore {

using State = Transfer::State;

TransferQueue::TransferQueue(int limit, QObject *parent) : QObject(parent), m_limit(limit)
{}

TransferQueue::~TransferQueue() = default;

Transfer *TransferQueue::add(const TransferTask &task)
{
    auto *transfer = new Transfer(task, this);
    insert(transfer);
    startWhatFits();
    return transfer;
}

Transfer *TransferQueue::bringBack(const TransferTask &task, qint64 done, qint64 total,
                                   const std::optional<Error> &error)
{
    auto *transfer = new Transfer(task, this);
    transfer->bringBack(done, total, error);
    insert(transfer);
    return transfer;
}

void TransferQueue::insert(Transfer *transfer)
{
    connect(transfer, &Transfer::ended, this, [this, transfer] {
        emit ended(transfer);
        startWhatFits();
    });
    connect(transfer, &Transfer::paused, this, &TransferQueue::startWhatFits);
    m_transfers.append(transfer);
    emit added(transfer);
}

void TransferQueue::retry(Transfer *transfer)
{
    if (transfer->state() != State::Failed && transfer->state() != State::Cancelled)
        return;
    transfer->waitAgain();
    startWhatFits();
}

void TransferQueue::retry(Transfer *transfer, const TransferTask &task)
{
    if (transfer->state() == State::Failed || transfer->state() == State::Cancelled)
        transfer->m_task = task;
    retry(transfer);
}

void TransferQueue::resume(Transfer *transfer)
{
    if (transfer->state() != State::Paused)
        return;
    transfer->waitAgain();
    startWhatFits();
}

void TransferQueue::move(Transfer *transfer, qsizetype place)
{
    const qsizetype from = m_transfers.indexOf(transfer);
    place = qBound(qsizetype(0), place, m_transfers.size() - 1);
    if (from < 0 || from == place)
        return;
    m_transfers.move(from, place);
    emit moved(transfer, place);
}

void TransferQueue::setLimit(int limit)
{
    m_limit = qMax(1, limit);
    startWhatFits();
}

void TransferQueue::cancelAll()
{
    const QList<Transfer *> all = m_transfers;
    // From the end, so that no waiting one gets a place that another leaves.
    for (auto transfer = all.rbegin(); transfer != all.rend(); ++transfer)
        (*transfer)->cancel();
}

void TransferQueue::pauseAll()
{
    const QList<Transfer *> all = m_transfers;
    // From the end, so that no waiting one gets a place that another leaves.
    for (auto transfer = all.rbegin(); transfer != all.rend(); ++transfer)
        (*transfer)->pause();
}

/// Whether another one goes on with what it has left.
bool TransferQueue::isWantedElsewhere(const Transfer &gone) const
{
    return std::any_of(m_transfers.begin(), m_transfers.end(), [&gone](const Transfer *other) {
        return other->state() != Transfer::State::Finished && other != &gone
               && !gone.task().path.isEmpty() && other->task().path == gone.task().path;
    });
}

void TransferQueue::clearEnded()
{
    const QList<Transfer *> all = m_transfers;
    for (Transfer *transfer : all) {
        if (!transfer->isOver())
            continue;
        m_transfers.removeOne(transfer);
        transfer->m_keepsParts = isWantedElsewhere(*transfer);
        emit removed(transfer);
        transfer->deleteLater();
    }
}

qsizetype TransferQueue::activeCount() const
{
    return std::count_if(m_transfers.begin(), m_transfers.end(),
                         [](const Transfer *transfer) { return !transfer->isOver(); });
}

void TransferQueue::startWhatFits()
{
    auto running = std::count_if(m_transfers.begin(), m_transfers.end(), [](const Transfer *one) {
        return one->state() == State::Running;
    });
    for (Transfer *transfer : std::as_const(m_transfers)) {
        if (running >= m_limit)
            return;
        if (transfer->state() != State::Waiting)
            continue;
        transfer->start();
        ++running;
    }
}

} // namespace Longshore
