// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/readreferrersjob.h"

#include "core/base/foreachjob.h"
#include "core/registry/blobexistsjob.h"
#include "core/session/readmanifestsjob.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr int deepestReferrers = 8; // A signature of a bill of materials of an image.

QList<Tag> attachedTags(const Digest &digest)
{
    QList<Tag> tags;
    for (const auto &ending : {".sig"_L1, ".att"_L1, ".sbom"_L1}) {
        // Where the digest is too long for a tag, there is none.
        const QString name = digest.algorithm() + u'-' + digest.encoded() + ending;
        if (const auto tag = Tag::parse(name))
            tags.append(*tag);
    }
    return tags;
}

ReadReferrersJob::ReadReferrersJob(Session &session, const RepositoryName &repository,
                                   const QList<Digest> &subjects, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_registry(qobject_cast<RegistrySession *>(&session))
    , m_repository(repository)
    , m_subjects(subjects)
    , m_known(subjects.begin(), subjects.end())
{}

void ReadReferrersJob::doStart()
{
    list(m_subjects);
}

void ReadReferrersJob::list(const QList<Digest> &subjects)
{
    if (!m_registry)
        return fail(
            {Error::Kind::Unsupported, tr("Only a registry can tell what refers to an image.")});
    if (subjects.isEmpty())
        return succeed(m_found);
    if (++m_depth > deepestReferrers)
        return fail({Error::Kind::TooLarge, tr("What refers to this image has no end.")});
    auto *listAll = new ForEachJob<Digest, QList<Descriptor>>(
        subjects,
        [this](const Digest &subject) { return m_registry->listReferrers(m_repository, subject); },
        [this](const Digest &, const Result<QList<Descriptor>> &referrers) {
            if (!isRunning())
                return;
            if (!referrers)
                return fail(referrers.error());
            for (const Descriptor &referrer : *referrers) {
                if (m_known.contains(referrer.digest))
                    continue;
                m_known.insert(referrer.digest);
                m_new.insert(referrer.digest);
                m_found.listed.append(referrer.digest);
            }
        });
    runChild(listAll, [this, subjects](const Result<Done> &) { findTags(subjects); });
}

void ReadReferrersJob::findTags(const QList<Digest> &subjects)
{
    QList<Tag> tags;
    for (const Digest &subject : subjects)
        tags += attachedTags(subject);
    auto *findAll = new ForEachJob<Tag, Descriptor>(
        tags,
        [this](const Tag &tag) {
            return m_session.resolve(m_repository, tag, Session::Priority::Interactive);
        },
        [this](const Tag &tag, const Result<Descriptor> &found) {
            if (!isRunning() || (!found && found.error().kind == Error::Kind::NotFound))
                return;
            if (!found)
                return fail(found.error());
            if (isLeftOut(found->digest))
                return; // It was looked at before.
            m_found.tags.insert(tag, found->digest);
            if (!m_known.contains(found->digest))
                m_new.insert(found->digest);
            m_known.insert(found->digest);
        });
    runChild(findAll, [this](const Result<Done> &) { read(); });
}

/// Each for itself, so that one that cannot be read keeps nobody from the others.
void ReadReferrersJob::read()
{
    auto *readAll = new ForEachJob<Digest, Manifests>(
        std::exchange(m_new, {}).values(),
        [this](const Digest &referrer) {
            return new ReadManifestsJob(m_session, m_repository, {referrer},
                                        ReadManifestsJob::MissingEntry::Fail);
        },
        [this](const Digest &referrer, const Result<Manifests> &manifests) {
            if (isRunning())
                take(referrer, manifests);
        });
    runChild(readAll, [this](const Result<Done> &) { lookForBlobs(); });
}

/// Whether an error tells of the referrer itself, and would be the same next time: what a server says
/// instead of giving it, does not, unless it says that there is none.
static bool isAboutReferrer(const Error &error)
{
    using Kind = Error::Kind;
    const bool isUnreadable = error.kind == Kind::Protocol || error.kind == Kind::Unsupported
                              || error.kind == Kind::TooLarge;
    return error.kind == Kind::NotFound || (isUnreadable && error.httpStatus == 0);
}

void ReadReferrersJob::take(const Digest &referrer, const Result<Manifests> &manifests)
{
    const auto parts = manifests ? ImageParts::of(*manifests->constFind(referrer), *manifests)
                                 : Result<ImageParts>(manifests.error());
    if (!parts && !isAboutReferrer(parts.error()))
        return fail(parts.error());
    if (!parts)
        return leaveOut({referrer, parts.error().message});
    m_read.insert(referrer, *parts);
}

/// A blob that is gone would break off everything that is done with the referrer.
void ReadReferrersJob::lookForBlobs()
{
    QSet<Digest> blobs;
    for (const ImageParts &parts : std::as_const(m_read)) {
        for (const Descriptor &blob : parts.blobs) {
            if (!m_sizes.contains(blob.digest) && blob.digest.hashAlgorithm())
                blobs.insert(blob.digest);
        }
    }
    auto *lookForAll = new ForEachJob<Digest, BlobPresence>(
        blobs.values(),
        [this](const Digest &blob) {
            return new BlobExistsJob(m_registry->client(),
                                     m_registry->urls().blob(m_repository, blob),
                                     Scope::pull(m_repository));
        },
        [this](const Digest &blob, const Result<BlobPresence> &presence) {
            if (!isRunning())
                return;
            if (!presence)
                return fail(presence.error());
            if (!presence->exists)
                m_goneBlobs.insert(blob);
            else if (presence->size >= 0)
                m_sizesThere.insert(blob, presence->size);
        });
    runChild(lookForAll, [this](const Result<Done> &) { settle(); });
}

void ReadReferrersJob::settle()
{
    const auto read = std::exchange(m_read, {});
    QList<Digest> taken;
    for (auto one = read.cbegin(); one != read.cend(); ++one) {
        if (const QString objection = objectionTo(*one); !objection.isEmpty()) {
            leaveOut({one.key(), objection});
            continue;
        }
        addSizes(*one);
        m_found.manifests.insert(one->manifests);
        taken.append(one.key());
    }
    list(taken);
}

bool ReadReferrersJob::isLeftOut(const Digest &digest) const
{
    return std::any_of(m_found.leftOut.begin(), m_found.leftOut.end(),
                       [&digest](const LeftOutReferrer &one) { return one.digest == digest; });
}

static QList<Descriptor> allBlobs(const ImageParts &parts)
{
    return parts.blobs.values() + parts.foreign;
}

QString ReadReferrersJob::objectionTo(const ImageParts &referrer) const
{
    for (const Descriptor &blob : allBlobs(referrer)) {
        if (!blob.digest.hashAlgorithm())
            return tr("Nobody can check its blob %1.").arg(blob.digest.toString());
        if (m_sizes.value(blob.digest, m_sizesThere.value(blob.digest, blob.size)) != blob.size)
            return tr("It gives another size for %1.").arg(blob.digest.toString());
        if (m_goneBlobs.contains(blob.digest))
            return tr("Its blob %1 is gone.").arg(blob.digest.toString());
    }
    return {};
}

void ReadReferrersJob::addSizes(const ImageParts &parts)
{
    const QList<Descriptor> blobs = allBlobs(parts);
    for (const Descriptor &blob : blobs)
        m_sizes.insert(blob.digest, blob.size);
}

void ReadReferrersJob::leaveOut(const LeftOutReferrer &referrer)
{
    m_found.leftOut.append(referrer);
    m_found.listed.removeOne(referrer.digest);
    m_found.tags.removeIf(
        [&referrer](QMap<Tag, Digest>::iterator tag) { return *tag == referrer.digest; });
}

} // namespace Longshore
