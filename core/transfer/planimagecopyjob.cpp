// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/planimagecopyjob.h"

#include "core/base/displaytext.h"
#include "core/base/foreachjob.h"
#include "core/layout/layoutsession.h"
#include "core/registry/registrysession.h"
#include "core/transfer/diskroom.h"

namespace Longshore {

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

static Error lackOf(const QStringList &blobs, const QString &path, const QString &target)
{
    return {Error::Kind::NotFound,
            PlanImageCopyJob::tr("%1 lacks %n blob(s) that are not in %2 either, %3 among them. "
                                 "Bring the earlier export into this repository first. Nothing "
                                 "was sent.",
                                 nullptr, static_cast<int>(blobs.size()))
                .arg(quotedPath(path), quotedText(target), blobs.first()),
            blobs.join(u'\n')};
}

PlanImageCopyJob::PlanImageCopyJob(Session &source, RegistrySession &target,
                                   const ImageCopy &wanted, QObject *parent)
    : ResultJob(parent), m_session(source), m_target(target), m_wanted(wanted)
{}

void PlanImageCopyJob::doStart()
{
    const ImageChoice image{m_wanted.fromRepository, m_wanted.from, m_wanted.platforms};
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
        return findReferrers(parts);
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

void PlanImageCopyJob::findReferrers(const ImageParts &image)
{
    auto *job = new ReadReferrersJob(m_session, m_wanted.fromRepository, m_arranged.values());
    job->setBlobs(image);
    runChild(job, [this](const Result<ImageReferrers> &referrers) {
        if (!referrers)
            return fail(referrers.error());
        lookForAttached(*referrers);
    });
}

void PlanImageCopyJob::lookForAttached(const ImageReferrers &referrers)
{
    auto *lookForAll = new ForEachJob<Tag, Descriptor>(
        referrers.tags.keys(),
        [this](const Tag &tag) {
            return m_target.resolve(m_wanted.toRepository, tag, Session::Priority::Interactive);
        },
        [this](const Tag &tag, const Result<Descriptor> &found) {
            if (found)
                m_targetTags.insert(tag, found->digest);
            else if (isRunning() && found.error().kind != Error::Kind::NotFound)
                fail(found.error());
        });
    runChild(lookForAll, [this, referrers](const Result<Done> &) { addReferrers(referrers); });
}

/// A signature that is there may be all that vouches for what is there: it is never replaced.
void PlanImageCopyJob::addReferrers(const ImageReferrers &referrers)
{
    m_manifests.insert(referrers.manifests);
    m_plan->leftOutReferrers = referrers.leftOut;
    const QList<Manifest> entries = std::exchange(m_plan->entries, {});
    for (const Digest &digest : referrers.listed)
        arrange(digest, m_manifests);
    for (auto tag = referrers.tags.cbegin(); tag != referrers.tags.cend(); ++tag) {
        const auto there = m_targetTags.constFind(tag.key());
        if (there == m_targetTags.constEnd()) {
            arrange(tag.value(), m_manifests);
            m_plan->attached.append({tag.key(), *m_manifests.constFind(tag.value())});
        } else if (*there != tag.value()) {
            m_plan->keptTags.append(tag.key());
        }
    }
    m_plan->referrers = std::exchange(m_plan->entries, entries);
    collectBlobs();
}

void PlanImageCopyJob::collectBlobs()
{
    m_manifests.removeIf(
        [this](Manifests::iterator one) { return !m_arranged.contains(one.key()); });
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
            if (!presence && presence.error().httpStatus != 403)
                return fail(presence.error());
            const auto blob = m_blobs.find(digest);
            const bool isThere = presence && presence->exists
                                 && (presence->size < 0 || presence->size == blob->blob.size);
            blob->way = isThere ? Way::Present : canMount ? Way::Mount : Way::Send;
        });
    runChild(lookForAll, [this](const Result<Done> &) {
        m_plan->blobs = m_blobs.values();
        checkSource();
    });
}

/// Files may hold only what an earlier export lacks. Then nothing is sent that could not be completed.
void PlanImageCopyJob::checkSource()
{
    auto *files = qobject_cast<LayoutSession *>(&m_session);
    QList<Descriptor> wanted;
    for (const BlobToCopy &one : std::as_const(m_plan->blobs)) {
        if (one.way == Way::Send)
            wanted.append(one.blob);
    }
    if (!files || wanted.isEmpty())
        return succeed(*std::move(m_plan));
    runChild(files->findBlobs(wanted), [this, wanted](const Result<QSet<Digest>> &held) {
        if (!held)
            return fail(held.error());
        QStringList missing;
        for (const Descriptor &blob : wanted) {
            if (!held->contains(blob.digest))
                missing.append(blob.digest.toString());
        }
        if (missing.isEmpty())
            return succeed(*std::move(m_plan));
        fail(lackOf(missing, m_session.host(),
                    m_target.host() + u'/' + m_wanted.toRepository.toString()));
    });
}

} // namespace Longshore
