// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/transferkeeper.h"

#include "core/layout/layoutsession.h"
#include "core/registry/registrysession.h"
#include "ui/presenters/continuetransferjob.h"
#include "ui/presenters/openplacejob.h"
#include "ui/presenters/registrypresenter.h"

#include <QFileInfo>

namespace Longshore::Ui {

using State = Transfer::State;

TransferKeeper::TransferKeeper(TransferQueue &queue, RegistryPresenter &registries,
                               TransferStore &store, QObject *parent)
    : QObject(parent), m_queue(queue), m_registries(registries), m_store(store)
{
    m_saving.setSingleShot(true);
    connect(&m_saving, &QTimer::timeout, this, &TransferKeeper::save);
    connect(&queue, &TransferQueue::added, this, &TransferKeeper::note);
    connect(&queue, &TransferQueue::moved, this, &TransferKeeper::saveSoon);
    connect(&queue, &TransferQueue::ended, this, &TransferKeeper::handleEnd);
    connect(&queue, &TransferQueue::removed, this, [this](Transfer *transfer) {
        m_records.remove(transfer);
        m_returned.remove(transfer);
        saveSoon();
    });
    connect(&registries, &RegistryPresenter::sessionOpened, this, &TransferKeeper::goOn);
    bringBack();
}

TransferKeeper::~TransferKeeper()
{
    save();
    const QList<Transfer *> &all = m_queue.transfers();
    for (Transfer *transfer : all) {
        if (keeps(transfer))
            transfer->keepParts();
    }
}

static QString pathOf(const TransferRecord &record)
{
    if (const auto *blob = std::get_if<BlobDownload>(&record.purpose))
        return blob->path;
    const auto *image = std::get_if<PlaceExport>(&record.purpose);
    return image ? image->place.path : QString();
}

TransferTask TransferKeeper::task(const TransferRecord &record) const
{
    const auto unconfirmed = std::make_shared<std::optional<PlacedImage>>();
    TransferTask task{pathOf(record), record.source, record.total,
                      [registries = QPointer(&m_registries), record, unconfirmed](QObject *parent) {
                          auto *job = new ContinueTransferJob(registries, record, parent);
                          job->setUnconfirmed(unconfirmed);
                          return job;
                      },
                      record.target};
    task.unconfirmed = unconfirmed;
    task.discard = discardOf(record.purpose);
    return task;
}

void TransferKeeper::bringBack()
{
    for (const TransferRecord &record : m_store.records()) {
        auto objection = objectionTo(record.from, m_registries);
        if (!objection && std::holds_alternative<AgreedCopy>(record.purpose))
            objection = objectionTo(record.to, m_registries);
        m_returning = &record;
        m_queue.bringBack(task(record), record.done, record.total, objection);
    }
    m_returning = nullptr;
}

void TransferKeeper::note(Transfer *transfer)
{
    const auto record = m_returning ? *m_returning : describe(transfer->task());
    if (!record)
        return;
    m_records.insert(transfer, *record);
    connect(transfer, &Transfer::paused, this, &TransferKeeper::saveSoon);
    if (m_returning)
        m_returned.insert(transfer);
    else
        saveSoon();
}

std::optional<TransferPlace> TransferKeeper::placeOf(const Session *session) const
{
    if (const auto *files = dynamic_cast<const LayoutSession *>(session)) {
        // An image that was made here is in no file, and is not to be found again.
        const QFileInfo place(files->host());
        return place.exists() ? std::optional(TransferPlace{{}, place.absoluteFilePath()})
                              : std::nullopt;
    }
    for (const SavedConnection &connection : m_registries.store().connections()) {
        if (m_registries.session(connection.id).get() == session)
            return TransferPlace{connection.id, {}};
    }
    return {};
}

std::optional<TransferRecord> TransferKeeper::describe(const TransferTask &task) const
{
    if (!task.order)
        return {};
    const auto from = placeOf(task.order->from.get());
    const auto to = task.order->to ? placeOf(task.order->to.get()) : TransferPlace();
    if (!from || !to)
        return {};
    TransferRecord record{*from, *to, task.order->purpose, task.source, task.target, 0, task.size};
    if (auto *blob = std::get_if<BlobDownload>(&record.purpose))
        blob->path = QFileInfo(blob->path).absoluteFilePath();
    if (auto *image = std::get_if<PlaceExport>(&record.purpose))
        image->place.path = QFileInfo(image->place.path).absoluteFilePath();
    auto *copy = std::get_if<AgreedCopy>(&record.purpose);
    if (copy && copy->made) {
        for (QString &path : copy->made->paths)
            path = QFileInfo(path).absoluteFilePath();
    }
    return record;
}

void TransferKeeper::save()
{
    QList<TransferRecord> unfinished;
    for (const Transfer *transfer : m_queue.transfers()) {
        const auto record = m_records.constFind(transfer);
        if (record == m_records.constEnd() || transfer->state() == State::Finished
            || transfer->state() == State::Cancelled)
            continue;
        unfinished.append(*record);
        unfinished.last().done = transfer->done();
        unfinished.last().total = transfer->total();
    }
    m_store.save(unfinished);
}

void TransferKeeper::handleEnd(Transfer *transfer)
{
    saveSoon();
    const auto record = m_records.constFind(transfer);
    if (transfer->task().order || record == m_records.constEnd())
        return; // Whoever began it sees to it.
    const auto *copy = std::get_if<AgreedCopy>(&record->purpose);
    if (copy && m_returned.contains(transfer) && transfer->state() == State::Finished)
        emit stored(record->to.connectionId, copy->wanted.toRepository);
    if (transfer->state() != State::Failed || transfer->error()->kind != Error::Kind::Unauthorized)
        return;
    emit signInNeeded(connectionToSignIn(*record), *transfer->error());
}

void TransferKeeper::signIn(const Transfer *transfer)
{
    const auto record = m_records.constFind(transfer);
    if (record != m_records.constEnd() && transfer->error())
        emit signInNeeded(connectionToSignIn(*record), *transfer->error());
}

QString TransferKeeper::connectionOf(const Transfer *transfer) const
{
    const auto record = m_records.constFind(transfer);
    if (record == m_records.constEnd())
        return {};
    const bool isCopy = std::holds_alternative<AgreedCopy>(record->purpose);
    const auto saved = m_registries.store().find((isCopy ? record->to : record->from).connectionId);
    return saved ? saved->name : QString();
}

QString TransferKeeper::connectionToSignIn(const TransferRecord &record) const
{
    const bool isCopy = std::holds_alternative<AgreedCopy>(record.purpose);
    const auto isAnonymous = [this](const QString &id) {
        return !id.isEmpty() && m_registries.account(id).credentials.isEmpty();
    };
    const bool isOfTarget = isCopy && !isAnonymous(record.from.connectionId);
    return isOfTarget ? record.to.connectionId : record.from.connectionId;
}

void TransferKeeper::goOn(const QString &connectionId)
{
    const QList<Transfer *> all = m_queue.transfers();
    for (Transfer *transfer : all) {
        const auto record = m_records.constFind(transfer);
        if (record == m_records.constEnd())
            continue;
        const bool isConcerned =
            record->from.connectionId == connectionId || record->to.connectionId == connectionId;
        if (isConcerned && transfer->state() == State::Failed
            && transfer->error()->kind == Error::Kind::Unauthorized)
            m_queue.retry(transfer, task(*record)); // Its session knows of no other sign-in.
    }
}

} // namespace Longshore::Ui
