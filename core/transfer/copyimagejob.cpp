// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/copyimagejob.h"

#include "core/base/workerjob.h"
#include "core/layout/layoutsession.h"
#include "core/registry/registrysession.h"
#include "core/transfer/copyblobjob.h"
#include "core/transfer/diskroom.h"

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr int mostBlobsAtOnce = 4;

using Way = BlobToCopy::Way;
using How = UploadedBlob::How;

/// In bytes, the largest first.
static QList<qint64> sizesOf(const QList<BlobToCopy> &blobs)
{
    QList<qint64> sizes;
    for (const BlobToCopy &blob : blobs)
        sizes.append(blob.blob.size);
    std::sort(sizes.begin(), sizes.end(), std::greater<>());
    return sizes;
}

CopyImageJob::CopyImageJob(Session &source, RegistrySession &target, const ImageCopyPlan &plan,
                           QObject *parent)
    : ResultJob(parent)
    , m_source(source)
    , m_target(target)
    , m_plan(plan)
    , m_result{plan.image.descriptor()}
    , m_queue(mostBlobsAtOnce)
{
    m_result.replaced = plan.replaced;
    m_result.foreign = plan.foreign;
    m_result.keptTags = plan.keptTags;
    m_result.leftOutReferrers = plan.leftOutReferrers;
}

QList<TransferPart> CopyImageJob::parts() const
{
    QList<TransferPart> parts;
    for (const BlobToCopy &one : m_plan.blobs) {
        const auto done = m_progress.constFind(one.blob.digest);
        if (one.way == Way::Present && done == m_progress.constEnd())
            parts.append({one.blob, one.blob.size, TransferPart::State::Present});
        else
            parts.append(part(one.blob,
                              done == m_progress.constEnd() ? std::nullopt : std::optional(*done)));
    }
    return parts;
}

void CopyImageJob::doStart()
{
    if (const auto objection =
            m_target.client().objectionTo({.method = HttpRequest::Method::Put, .url = {}}))
        return fail(*objection); // Not only when the first blob has come.
    const auto add = [this](const Manifest &manifest) {
        m_manifests.append({manifest.digest, manifest});
    };
    std::for_each(m_plan.entries.begin(), m_plan.entries.end(), add);
    if (!m_plan.referrers.isEmpty() || !m_plan.attached.isEmpty())
        add(m_plan.image); // What they refer to comes before them, and the tag after all.
    std::for_each(m_plan.referrers.begin(), m_plan.referrers.end(), add);
    for (const auto &[tag, manifest] : m_plan.attached)
        m_manifests.append({tag, manifest});
    m_manifests.append({m_plan.wanted.to, m_plan.image});

    QList<BlobToCopy> missing;
    for (const BlobToCopy &blob : m_plan.blobs) {
        if (blob.way == Way::Present)
            ++m_result.skipped;
        else
            missing.append(blob);
    }
    m_total = totalSize(sizesOf(missing));
    prepare(missing);
}

void CopyImageJob::prepare(const QList<BlobToCopy> &blobs)
{
    const bool isInFiles = qobject_cast<LayoutSession *>(&m_source) != nullptr;
    if (isInFiles || blobs.isEmpty())
        return copyBlobs(blobs);
    const QList<qint64> sizes = sizesOf(blobs);
    const qint64 bytes = totalSize(sizes.first(qMin<qsizetype>(mostBlobsAtOnce, sizes.size())));
    auto *worker = new WorkerJob<SpoolFolder>(
        [bytes](const CancelFlag &) { return SpoolFolder::make(bytes); });
    runChild(worker, [this, blobs](const Result<SpoolFolder> &spool) {
        if (!spool)
            return fail(spool.error());
        m_spool = *spool;
        copyBlobs(blobs);
    });
}

void CopyImageJob::releaseResources()
{
    m_spool.reset();
}

void CopyImageJob::copyBlobs(const QList<BlobToCopy> &blobs)
{
    m_waiting = blobs.size();
    for (const BlobToCopy &blob : blobs)
        copyBlob(blob);
    if (m_waiting == 0)
        pushNext();
}

void CopyImageJob::copyBlob(const BlobToCopy &blob)
{
    const Digest digest = blob.blob.digest;
    auto *job =
        new CopyBlobJob(m_source, m_target,
                        {m_plan.wanted.fromRepository, m_plan.wanted.toRepository, blob.blob,
                         blob.way == Way::Mount, m_spool ? m_spool->filePath(digest) : QString()});
    connect(job, &Job::progressChanged, this,
            [this, digest](qint64 done) { noteProgress(digest, done); });
    adoptChild(job, [this, blob](const Result<UploadedBlob> &result) { handleBlob(blob, result); });
    m_queue.add(job, {});
}

void CopyImageJob::handleBlob(const BlobToCopy &blob, const Result<UploadedBlob> &result)
{
    if (!result)
        return stopFor(result.error());
    // What was there when somebody looked first is counted already.
    const bool isCounted = blob.way == Way::Present;
    if (result->how == How::Mounted)
        ++m_result.mounted;
    else if (result->how == How::Uploaded)
        ++m_result.uploaded;
    else if (!isCounted)
        ++m_result.skipped;
    if (isCounted && result->how == How::Uploaded)
        --m_result.skipped;
    if (result->hasStartedOver)
        ++m_result.startedOver;
    if (!isCounted)
        noteProgress(blob.blob.digest, blob.blob.size);
    if (--m_waiting == 0)
        pushNext();
}

void CopyImageJob::noteProgress(const Digest &digest, qint64 done)
{
    m_done += done - std::exchange(m_progress[digest], done);
    emit progressChanged(m_done, m_total);
}

/// Uploads that are under way are given up at the registry, too.
void CopyImageJob::stopFor(const Error &error)
{
    const auto children = findChildren<Job *>(QString(), Qt::FindDirectChildrenOnly);
    for (Job *child : children)
        child->cancel();
    fail(error);
}

void CopyImageJob::pushNext()
{
    if (m_manifests.isEmpty())
        return readBack();
    if (m_manifests.constFirst().first.tag())
        return lookAtTag();
    pushFirst();
}

/// What somebody has put there since the plan was made shall not lose the tag.
void CopyImageJob::lookAtTag()
{
    runChild(m_target.resolve(m_plan.wanted.toRepository, m_manifests.constFirst().first,
                              Session::Priority::Interactive),
             [this](const Result<Descriptor> &found) {
                 if (!found && found.error().kind != Error::Kind::NotFound)
                     return fail(found.error());
                 handleTag(found ? std::optional(found->digest) : std::nullopt);
             });
}

void CopyImageJob::handleTag(const std::optional<Digest> &found)
{
    const auto &[reference, manifest] = m_manifests.constFirst();
    const bool isOther = found && *found != manifest.digest;
    if (m_manifests.size() > 1) { // It only is about the image.
        if (!isOther)
            return pushFirst();
        m_result.keptTags.append(*reference.tag());
        m_manifests.removeFirst();
        return pushNext();
    }
    if (isOther && found != m_plan.replaced)
        return fail({Error::Kind::Changed,
                     tr("%1 was moved in the meantime and now names %2. It was left as it is.")
                         .arg(reference.toString(), found->toString())});
    pushFirst();
}

void CopyImageJob::pushFirst()
{
    const auto &[reference, manifest] = m_manifests.constFirst();
    if (m_manifests.size() == 1)
        emit placing(m_result);
    runChild(m_target.pushManifest(m_plan.wanted.toRepository, reference, manifest),
             [this](const Result<PushedManifest> &pushed) { handlePushed(pushed); });
}

void CopyImageJob::handlePushed(const Result<PushedManifest> &pushed)
{
    if (!pushed && pushed.error().serverCode == "MANIFEST_BLOB_UNKNOWN"_L1
        && !std::exchange(m_hasBroughtAgain, true))
        return bringAgain();
    const bool isUnclear = !pushed && pushed.error().kind == Error::Kind::Ambiguous;
    if (m_manifests.size() == 1 && (pushed || isUnclear))
        emit placed(m_result);
    if (!pushed)
        return fail(pushed.error());
    if (pushed->listError)
        m_result.listError = pushed->listError;
    const Reference reference = m_manifests.takeFirst().first;
    if (reference.tag() && !m_manifests.isEmpty())
        m_result.attached.append(*reference.tag());
    pushNext();
}

/// Somebody may have cleaned up meanwhile: each blob is looked for, and sent where it has gone.
void CopyImageJob::bringAgain()
{
    QList<BlobToCopy> all = m_plan.blobs;
    for (BlobToCopy &blob : all)
        blob.way = Way::Present;
    prepare(all);
}

void CopyImageJob::readBack()
{
    m_phase = TransferPhase::Comparing;
    emit progressChanged(m_total, m_total);
    runChild(m_target.fetchManifest(m_plan.wanted.toRepository, m_plan.wanted.to,
                                    Session::Priority::Interactive),
             [this](const Result<Manifest> &manifest) {
                 if (!manifest)
                     return fail(manifest.error());
                 if (manifest->bytes != m_plan.image.bytes)
                     return fail({Error::Kind::Changed,
                                  tr("The image was stored, but %1 names another one by now.")
                                      .arg(m_plan.wanted.to.toString())});
                 succeed(m_result);
             });
}

} // namespace Longshore
