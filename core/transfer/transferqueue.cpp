// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/transferqueue.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace Longshore {

using State = Transfer::State;

/// Whether both leave their parts in one place, as far as its name tells.
static bool sharePlace(const Transfer &one, const Transfer &other)
{
    const auto placeOf = [](const Transfer &transfer) {
        return QDir::cleanPath(QFileInfo(transfer.task().path).absoluteFilePath());
    };
    return !one.task().path.isEmpty() && !other.task().path.isEmpty()
           && placeOf(one) == placeOf(other);
}

TransferQueue::TransferQueue(int limit, QObject *parent) : QObject(parent), m_limit(limit)
{}

/// What one of them leaves to a later program, no other one may take away.
TransferQueue::~TransferQueue()
{
    const QList<Transfer *> all = m_transfers;
    for (Transfer *transfer : all) {
        const bool isKept = std::any_of(all.begin(), all.end(), [transfer](const Transfer *other) {
            return (!other->isOver() || other->m_keepsParts) && sharePlace(*transfer, *other);
        });
        if (isKept)
            transfer->keepParts();
    }
}

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

/// To those of the same place, which go on with them; the first takes away what it did not need.
void TransferQueue::leaveParts(Transfer *gone) const
{
    for (Transfer *other : m_transfers) {
        if (other == gone || other->state() == State::Finished || !sharePlace(*gone, *other))
            continue;
        if (!std::exchange(gone->m_keepsParts, true))
            other->m_inherited += gone->leftovers();
        other->m_mayHaveLeft = other->m_mayHaveLeft || gone->m_mayHaveLeft;
    }
}

void TransferQueue::clearEnded()
{
    const QList<Transfer *> all = m_transfers;
    for (Transfer *transfer : all) {
        if (!transfer->isOver())
            continue;
        m_transfers.removeOne(transfer);
        leaveParts(transfer);
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
