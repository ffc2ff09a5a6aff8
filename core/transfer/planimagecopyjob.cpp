// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/planimagecopyjob.h"

#include "core/base/foreachjob.h"
#include "core/registry/registrysession.h"
#include "core/transfer/diskroom.h"

namespace Longshore {

constexpr int deepestReferrers = 8; // A signature of a bill of materials of an image.

using Way = BlobToCopy::Way;

RegistrySession *sameRegistry(Session &source, const RegistrySession &target)
{
    auto *registry = qobject_cast<RegistrySession *>(&source);
    return registry && registry->urls().base() == target.urls().base() ? registry : nullptr;
}

qint64 ImageCopyPlan::bytesToSend() const
{
    QList<qint64> sizes;
    for (const BlobToCopy &one : blobs) {
        if (one.way == Way::Send)
            sizes.append(one.blob.size);
    }
    return totalSize(sizes);
}

PlanImageCopyJob::PlanImageCopyJob(Session &source, RegistrySession &target,
                                   const ImageCopy &wanted, QObject *parent)
    : ResultJob(parent), m_session(source), m_target(target), m_wanted(wanted)
{}

void PlanImageCopyJob::doStart()
{
    const ImageChoice image{m_wanted.fromRepository, m_wanted.from, m_wanted.platform};
    runChild(new ReadImagePartsJob(m_session, image), [this](const Result<ImageParts> &parts) {
        if (!parts)
            return fail(parts.error());
        handleImage(*parts);
    });
}

void PlanImageCopyJob::handleImage(const ImageParts &parts)
{
    const Digest *digest = m_wanted.to.digest();
    if (digest && *digest != parts.root.digest)
        return fail({Error::Kind::InvalidInput,
                     tr("The image has the digest %1, and cannot have another one.")
                         .arg(parts.root.digest.toString())});
    m_plan = ImageCopyPlan{m_wanted, parts.root};
    m_manifests = parts.manifests;
    arrange(parts.root.digest, m_manifests);
    m_plan->entries.removeLast(); // The image itself.
    if (m_wanted.withReferrers)
        return findReferrers(m_arranged.values());
    collectBlobs();
}

/// The depth of indexes has been limited by whoever read them.
void PlanImageCopyJob::arrange(const Digest &digest, const Manifests &manifests)
{
    const auto manifest = manifests.constFind(digest);
    if (m_arranged.contains(digest) || manifest == manifests.constEnd())
        return;
    m_arranged.insert(digest);
    if (const ImageIndex *index = manifest->index()) {
        for (const Descriptor &entry : index->manifests)
            arrange(entry.digest, manifests);
    }
    m_plan->entries.append(*manifest);
}

void PlanImageCopyJob::findReferrers(const QList<Digest> &subjects)
{
    auto *registry = qobject_cast<RegistrySession *>(&m_session);
    if (!registry)
        return fail(
            {Error::Kind::Unsupported, tr("Only a registry can tell what refers to an image.")});
    if (++m_referrersDepth > deepestReferrers)
        return fail({Error::Kind::TooLarge, tr("What refers to this image has no end.")});
    auto found = std::make_shared<QSet<Digest>>();
    auto *listAll = new ForEachJob<Digest, QList<Descriptor>>(
        subjects,
        [this, registry](const Digest &subject) {
            return registry->listReferrers(m_wanted.fromRepository, subject);
        },
        [this, found](const Digest &, const Result<QList<Descriptor>> &referrers) {
            if (!isRunning())
                return;
            if (!referrers)
                return fail(referrers.error());
            for (const Descriptor &referrer : *referrers)
                found->insert(referrer.digest);
        });
    runChild(listAll, [this, found](const Result<Done> &) {
        found->subtract(m_arranged);
        if (found->isEmpty())
            return collectBlobs();
        readReferrers(*found);
    });
}

void PlanImageCopyJob::readReferrers(const QSet<Digest> &digests)
{
    auto *readAll = new ReadManifestsJob(m_session, m_wanted.fromRepository, digests.values(),
                                         ReadManifestsJob::MissingEntry::Fail);
    runChild(readAll, [this](const Result<Manifests> &read) {
        if (!read)
            return fail(read.error());
        const QList<Manifest> entries = std::exchange(m_plan->entries, {});
        for (const Manifest &referrer : *read)
            arrange(referrer.digest, *read);
        m_plan->referrers.append(std::exchange(m_plan->entries, entries));
        m_manifests.insert(*read);
        findReferrers(read->keys());
    });
}

void PlanImageCopyJob::collectBlobs()
{
    const auto parts = ImageParts::of(m_plan->image, m_manifests);
    if (!parts)
        return fail(parts.error());
    m_plan->foreign = parts->foreign;
    for (const Descriptor &blob : parts->blobs)
        m_blobs.insert(blob.digest, {blob});
    lookForTag();
}

void PlanImageCopyJob::lookForTag()
{
    if (m_wanted.to.digest())
        return lookForBlobs();
    runChild(m_target.resolve(m_wanted.toRepository, m_wanted.to, Session::Priority::Interactive),
             [this](const Result<Descriptor> &found) {
                 if (!found && found.error().kind != Error::Kind::NotFound)
                     return fail(found.error());
                 if (found && found->digest != m_plan->image.digest)
                     m_plan->replaced = found->digest;
                 lookForBlobs();
             });
}

ResultJob<BlobPresence> *PlanImageCopyJob::lookFor(const Digest &blob)
{
    // With the rights of what follows: who may not write shall know it before anything is read.
    return new BlobExistsJob(m_target.client(), m_target.urls().blob(m_wanted.toRepository, blob),
                             Scope::push(m_wanted.toRepository));
}

void PlanImageCopyJob::lookForBlobs()
{
    const bool canMount = sameRegistry(m_session, m_target) != nullptr
                          && m_wanted.fromRepository != m_wanted.toRepository;
    auto *lookForAll = new ForEachJob<Digest, BlobPresence>(
        m_blobs.keys(), [this](const Digest &blob) { return lookFor(blob); },
        [this, canMount](const Digest &digest, const Result<BlobPresence> &presence) {
            if (!isRunning())
                return;
            // Who may not look may still be allowed to write.
            if (!presence && presence.error().kind != Error::Kind::Forbidden)
                return fail(presence.error());
            const auto blob = m_blobs.find(digest);
            const bool isThere = presence && presence->exists
                                 && (presence->size < 0 || presence->size == blob->blob.size);
            blob->way = isThere ? Way::Present : canMount ? Way::Mount : Way::Send;
        });
    runChild(lookForAll, [this](const Result<Done> &) {
        m_plan->blobs = m_blobs.values();
        succeed(*std::move(m_plan));
    });
}

} // namespace Longshore
