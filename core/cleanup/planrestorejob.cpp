// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/planrestorejob.h"

#include "core/base/foreachjob.h"
#include "core/registry/registrysession.h"
#include "core/transfer/checkfile.h"

namespace Longshore {

using Place = RestoreItem::Place;
using Way = RestoreItem::Way;

PlanRestoreJob::PlanRestoreJob(RegistrySession &session, const Backup &backup,
                               const RestoreTarget &target, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_plan{backup, target.repository, itemsOf(backup, target.only)}
{}

void PlanRestoreJob::doStart()
{
    if (m_plan.items.isEmpty())
        return fail({Error::Kind::NotFound, tr("The backup holds nothing of that name.")});
    QList<Reference> references;
    for (const RestoreItem &item : std::as_const(m_plan.items))
        references.append(item.reference());
    m_total = references.size();
    auto *resolveAll = new ForEachJob<Reference, Descriptor>(
        references,
        [this](const Reference &reference) {
            return m_session.resolve(m_plan.repository, reference, Session::Priority::Interactive);
        },
        [this](const Reference &reference, const auto &found) { handlePlace(reference, found); });
    runChild(resolveAll, [this](const Result<Done> &) { lookForParts(); });
}

void PlanRestoreJob::countStep()
{
    emit progressChanged(++m_done, m_total);
}

void PlanRestoreJob::handlePlace(const Reference &reference, const Result<Descriptor> &found)
{
    if (!isRunning())
        return;
    if (!found && found.error().kind != Error::Kind::NotFound)
        return fail(found.error());
    if (found)
        m_current.insert(reference, *found);
    countStep();
}

void PlanRestoreJob::lookForParts()
{
    QSet<Digest> digests;
    for (RestoreItem &item : m_plan.items) {
        const auto current = m_current.constFind(item.reference());
        if (current != m_current.constEnd()) {
            const bool isSame = current->digest == item.manifest.digest;
            item.place = isSame ? Place::Same : Place::Taken;
            if (!isSame)
                item.current = *current;
        }
        const Digest &digest = item.manifest.digest;
        if (item.place == Place::Same || m_blobs.contains(digest))
            continue;
        const QList<Manifest> parts = partsOf(digest, m_plan.backup.manifests);
        for (const Manifest &part : parts)
            digests.insert(part.digest);
        m_blobs.insert(digest, blobsOf(parts));
    }
    lookForManifests(digests);
}

void PlanRestoreJob::lookForManifests(const QSet<Digest> &digests)
{
    m_total += digests.size();
    auto *resolveAll = new ForEachJob<Digest, Descriptor>(
        digests.values(),
        [this](const Digest &digest) {
            return m_session.resolve(m_plan.repository, digest, Session::Priority::Interactive);
        },
        [this](const Digest &digest, const Result<Descriptor> &found) {
            if (!isRunning())
                return;
            if (!found && found.error().kind != Error::Kind::NotFound)
                return fail(found.error());
            if (found && found->digest == digest)
                m_plan.present.insert(digest);
            countStep();
        });
    runChild(resolveAll, [this](const Result<Done> &) { lookForBlobs(); });
}

ResultJob<BlobCondition> *PlanRestoreJob::lookFor(const Descriptor &blob)
{
    return new CheckBlobJob(m_session.client(),
                            m_session.urls().blob(m_plan.repository, blob.digest),
                            Scope::push(m_plan.repository), blob.size);
}

void PlanRestoreJob::lookForBlobs()
{
    QHash<Digest, Descriptor> blobs;
    for (const QList<Descriptor> &list : std::as_const(m_blobs)) {
        for (const Descriptor &blob : list)
            blobs.insert(blob.digest, blob);
    }
    m_total += blobs.size();
    auto *checkAll = new ForEachJob<Descriptor, BlobCondition>(
        blobs.values(), [this](const Descriptor &blob) { return lookFor(blob); },
        [this](const Descriptor &blob, const auto &condition) { handleBlob(blob, condition); });
    runChild(checkAll, [this](const Result<Done> &) { lookIntoBackup(); });
}

void PlanRestoreJob::handleBlob(const Descriptor &blob, const Result<BlobCondition> &condition)
{
    if (!isRunning())
        return;
    if (!condition)
        return fail(condition.error());
    if (*condition != BlobCondition::Readable)
        m_missing.insert(blob.digest, {blob, *condition == BlobCondition::Unreadable});
    countStep();
}

/// A blob that was saved counts only when its bytes are right.
void PlanRestoreJob::lookIntoBackup()
{
    if (m_missing.isEmpty())
        return conclude({});
    auto *worker =
        new WorkerJob<QSet<Digest>>([folder = m_plan.backup.folder, missing = m_missing](
                                        const CancelFlag &cancelled) -> Result<QSet<Digest>> {
            QSet<Digest> saved;
            for (const BlobToRestore &one : missing) {
                const QString path = folder + u'/' + blobNameInBackup(one.blob.digest);
                if (holdsContent(path, one.blob, cancelled))
                    saved.insert(one.blob.digest);
            }
            return saved;
        });
    runChild(worker, [this](const Result<QSet<Digest>> &saved) {
        if (!saved)
            return fail(saved.error());
        conclude(*saved);
    });
}

void PlanRestoreJob::conclude(const QSet<Digest> &saved)
{
    for (const BlobToRestore &one : std::as_const(m_missing)) {
        if (saved.contains(one.blob.digest))
            m_plan.blobs.insert(one.blob.digest, one);
    }
    for (RestoreItem &item : m_plan.items) {
        const QList<Descriptor> blobs =
            item.place == Place::Same ? QList<Descriptor>() : m_blobs.value(item.manifest.digest);
        for (const Descriptor &blob : blobs) {
            if (!m_missing.contains(blob.digest))
                continue;
            item.way = Way::FromBackup;
            if (!saved.contains(blob.digest))
                item.lost.append(blob.digest);
        }
        if (!item.lost.isEmpty())
            item.way = Way::Lost;
    }
    succeed(std::move(m_plan));
}

} // namespace Longshore
