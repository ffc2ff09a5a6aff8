// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/transferpresenter.h"

#include "ui/models/transferlistmodel.h"

namespace Longshore::Ui {

static TransferRow::State rowState(Transfer::State state)
{
    switch (state) {
    case Transfer::State::Waiting: return TransferRow::State::Waiting;
    case Transfer::State::Running: return TransferRow::State::Running;
    case Transfer::State::Paused: return TransferRow::State::Paused;
    case Transfer::State::Finished: return TransferRow::State::Finished;
    case Transfer::State::Failed: return TransferRow::State::Failed;
    case Transfer::State::Cancelled: return TransferRow::State::Cancelled;
    }
    Q_UNREACHABLE();
}

static TransferPartRow::State rowState(TransferPart::State state)
{
    switch (state) {
    case TransferPart::State::Waiting: return TransferPartRow::State::Waiting;
    case TransferPart::State::Running: return TransferPartRow::State::Running;
    case TransferPart::State::Arrived: return TransferPartRow::State::Arrived;
    case TransferPart::State::Present: return TransferPartRow::State::Present;
    }
    Q_UNREACHABLE();
}

static TransferRow::Phase rowPhase(TransferPhase phase)
{
    switch (phase) {
    case TransferPhase::Looking: return TransferRow::Phase::Looking;
    case TransferPhase::Bringing: return TransferRow::Phase::Bringing;
    case TransferPhase::Writing: return TransferRow::Phase::Writing;
    case TransferPhase::Comparing: return TransferRow::Phase::Comparing;
    }
    Q_UNREACHABLE();
}

static TransferRow rowOf(quint64 id, const Transfer &transfer)
{
    const TransferTask &task = transfer.task();
    const QString title = task.target.isEmpty() ? transfer.fileName() : task.target;
    TransferRow row{id, title, task.source, transfer.path(), rowState(transfer.state())};
    row.phase = rowPhase(transfer.phase());
    if (const auto &retry = transfer.retry()) {
        row.retryReason = retry->reason.message;
        row.secondsToRetry = retry->seconds;
    }
    row.done = transfer.done();
    row.total = transfer.total();
    row.bytesPerSecond = transfer.rate().bytesPerSecond();
    row.secondsLeft = transfer.rate().secondsLeft(transfer.done(), transfer.total());
    row.digest = transfer.result() ? transfer.result()->digest.toString() : QString();
    row.isSkipped = transfer.result() && transfer.result()->isSkipped;
    row.remark = transfer.result() ? transfer.result()->remark : QString();
    row.error = transfer.error();
    row.started = transfer.started();
    for (const TransferPart &part : transfer.parts())
        row.parts.append({part.blob, part.done, rowState(part.state)});
    return row;
}

TransferPresenter::TransferPresenter(TransferQueue &queue, TransferListModel &model,
                                     QObject *parent)
    : QObject(parent), m_queue(queue), m_model(model)
{
    connect(&m_queue, &TransferQueue::added, this, &TransferPresenter::show);
    connect(&m_queue, &TransferQueue::moved, this, [this](Transfer *transfer, qsizetype place) {
        m_model.move(m_transfers.key(transfer), place);
    });
    connect(&m_queue, &TransferQueue::removed, this, [this](Transfer *transfer) {
        const quint64 id = m_transfers.key(transfer);
        m_transfers.remove(id);
        m_model.remove(id);
        emit removed(id);
    });
}

void TransferPresenter::show(Transfer *transfer)
{
    const quint64 id = ++m_lastId;
    m_transfers.insert(id, transfer);
    update(id, transfer);
    connect(transfer, &Transfer::changed, this, [this, id, transfer] {
        update(id, transfer);
        emit changed(id);
    });
    connect(transfer, &Transfer::ended, this, [this, id] { emit ended(id); });
}

void TransferPresenter::update(quint64 id, const Transfer *transfer)
{
    TransferRow row = rowOf(id, *transfer);
    row.canSignIn = m_canSignIn(transfer);
    row.connection = m_connectionOf(transfer);
    m_model.update(row);
}

void TransferPresenter::setSignInCheck(std::function<bool(const Transfer *)> canSignIn)
{
    m_canSignIn = std::move(canSignIn);
    updateAll();
}

void TransferPresenter::setConnectionNames(std::function<QString(const Transfer *)> nameOf)
{
    m_connectionOf = std::move(nameOf);
    updateAll();
}

void TransferPresenter::updateAll()
{
    for (auto each = m_transfers.cbegin(); each != m_transfers.cend(); ++each)
        update(each.key(), each.value());
}

quint64 TransferPresenter::add(const TransferTask &task)
{
    return m_transfers.key(m_queue.add(task));
}

void TransferPresenter::pause(quint64 id)
{
    if (Transfer *transfer = m_transfers.value(id))
        transfer->pause();
}

void TransferPresenter::resume(quint64 id)
{
    if (Transfer *transfer = m_transfers.value(id))
        m_queue.resume(transfer);
}

void TransferPresenter::moveBy(quint64 id, int places)
{
    if (Transfer *transfer = m_transfers.value(id))
        m_queue.move(transfer, m_queue.transfers().indexOf(transfer) + places);
}

void TransferPresenter::cancel(quint64 id)
{
    if (Transfer *transfer = m_transfers.value(id))
        transfer->cancel();
}

void TransferPresenter::retry(quint64 id)
{
    if (Transfer *transfer = m_transfers.value(id))
        m_queue.retry(transfer);
}

void TransferPresenter::signIn(quint64 id)
{
    if (const Transfer *transfer = m_transfers.value(id))
        emit signInRequested(transfer);
}

} // namespace Longshore::Ui
