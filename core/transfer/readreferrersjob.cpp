// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/readreferrersjob.h"

#include "core/base/foreachjob.h"
#include "core/session/readmanifestsjob.h"

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
    auto *registry = qobject_cast<RegistrySession *>(&m_session);
    if (!registry)
        return fail(
            {Error::Kind::Unsupported, tr("Only a registry can tell what refers to an image.")});
    if (subjects.isEmpty())
        return succeed(m_found);
    if (++m_depth > deepestReferrers)
        return fail({Error::Kind::TooLarge, tr("What refers to this image has no end.")});
    auto *listAll = new ForEachJob<Digest, QList<Descriptor>>(
        subjects,
        [this, registry](const Digest &subject) {
            return registry->listReferrers(m_repository, subject);
        },
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
            m_found.tags.insert(tag, found->digest);
            if (!m_known.contains(found->digest))
                m_new.insert(found->digest);
            m_known.insert(found->digest);
        });
    runChild(findAll, [this](const Result<Done> &) { read(); });
}

void ReadReferrersJob::read()
{
    const QList<Digest> found = std::exchange(m_new, {}).values();
    auto *readAll =
        new ReadManifestsJob(m_session, m_repository, found, ReadManifestsJob::MissingEntry::Fail);
    runChild(readAll, [this, found](const Result<Manifests> &manifests) {
        if (!manifests)
            return fail(manifests.error());
        m_found.manifests.insert(*manifests);
        list(found);
    });
}

} // namespace Longshore
