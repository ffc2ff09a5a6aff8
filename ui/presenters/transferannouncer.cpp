// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/transferannouncer.h"

#include "core/base/displaytext.h"

#include <QFileInfo>

#include <algorithm>

namespace Longshore::Ui {

using State = Transfer::State;

TransferAnnouncer::TransferAnnouncer(TransferQueue &queue, Notifier &notifier,
                                     std::function<bool()> isWatched, QObject *parent)
    : QObject(parent), m_queue(queue), m_notifier(notifier), m_isWatched(std::move(isWatched))
{
    connect(&queue, &TransferQueue::ended, this, &TransferAnnouncer::handleEnd);
    connect(&queue, &TransferQueue::added, this, [this](const Transfer *transfer) {
        connect(transfer, &Transfer::paused, this, &TransferAnnouncer::announceWhenIdle);
    });
}

void TransferAnnouncer::handleEnd(const Transfer *transfer)
{
    const TransferTask &task = transfer->task();
    const QString name = displayText(task.target.isEmpty() ? transfer->fileName() : task.target);
    if (transfer->state() == State::Finished) {
        ++m_finished;
        m_last = name;
        m_folder = task.path.isEmpty() ? QString() : QFileInfo(task.path).absolutePath();
    } else if (transfer->state() == State::Failed) {
        ++m_failed;
        m_last = tr("%1: %2", "a file, and what is wrong with it")
                     .arg(name, displayText(transfer->error()->message, 400));
    }
    announceWhenIdle();
}

void TransferAnnouncer::announceWhenIdle()
{
    const QList<Transfer *> &all = m_queue.transfers();
    const bool isBusy = std::any_of(all.begin(), all.end(), [](const Transfer *one) {
        return one->state() == State::Waiting || one->state() == State::Running;
    });
    if (!isBusy)
        announce();
}

void TransferAnnouncer::announce()
{
    if (m_finished + m_failed > 0 && !m_isWatched())
        m_notifier.show(notification());
    m_finished = m_failed = 0;
    m_folder.clear();
}

Notification TransferAnnouncer::notification() const
{
    if (m_finished + m_failed == 1)
        return {m_failed > 0 ? tr("Transfer failed") : tr("Transfer finished"), m_last, m_folder};
    QStringList sentences;
    if (m_finished > 0)
        sentences.append(tr("%n transfer(s) finished.", nullptr, m_finished));
    if (m_failed > 0)
        sentences.append(tr("%n transfer(s) failed.", nullptr, m_failed));
    return {m_failed > 0 ? tr("Transfers ended") : tr("Transfers finished"), sentences.join(u' '),
            m_folder};
}

} // namespace Longshore::Ui
