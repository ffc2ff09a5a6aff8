// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/takesnapshotjob.h"

#include "core/base/foreachjob.h"
#include "core/session/session.h"

#include <QSet>

namespace Longshore {

using Priority = Session::Priority;

TakeSnapshotJob::TakeSnapshotJob(Session &session, const RepositoryName &repository,
                                 QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_snapshot{repository, QDateTime::currentDateTimeUtc(), {}, {}, {}, {}}
{}

void TakeSnapshotJob::doStart()
{
    ListNamesJob *list = m_session.listTags(m_snapshot.repository);
    connect(list, &ListNamesJob::namesListed, this, [this](const QStringList &page) {
        for (const QString &name : page)
            m_tags.append(*Tag::parse(name));
    });
    runChild(list, [this](const Result<ListSummary> &summary) {
        if (!summary)
            return fail(summary.error());
        m_snapshot.incomplete = summary->incomplete;
        resolveTags();
    });
}

void TakeSnapshotJob::resolveTags()
{
    auto *resolveAll = new ForEachJob<Tag, Descriptor>(
        m_tags,
        [this](const Tag &tag) {
            return m_session.resolve(m_snapshot.repository, tag, Priority::Interactive);
        },
        [this](const Tag &tag, const auto &manifest) { handleTag(tag, manifest); });
    connect(resolveAll, &Job::progressChanged, this, &Job::progressChanged);
    runChild(resolveAll, [this](const Result<Done> &) { readIndexes(); });
}

void TakeSnapshotJob::handleTag(const Tag &tag, const Result<Descriptor> &manifest)
{
    if (manifest)
        m_resolved.insert(tag, *manifest);
    else if (manifest.error().kind == Error::Kind::NotFound)
        m_snapshot.goneTags.append(tag);
    else if (!m_snapshot.incomplete)
        m_snapshot.incomplete = manifest.error();
}

void TakeSnapshotJob::readIndexes()
{
    QSet<Digest> indexes;
    for (const Tag &tag : std::as_const(m_tags)) {
        const auto found = m_resolved.constFind(tag);
        if (found == m_resolved.constEnd())
            continue;
        m_snapshot.tags.append({tag, *found});
        if (found->mediaType.kind() == MediaType::Kind::ImageIndex)
            indexes.insert(found->digest);
    }
    auto *readAll = new ForEachJob<Digest, Manifest>(
        {indexes.begin(), indexes.end()},
        [this](const Digest &digest) {
            return m_session.fetchManifest(m_snapshot.repository, digest, Priority::Interactive);
        },
        [this](const Digest &digest, const Result<Manifest> &manifest) {
            const ImageIndex *index = manifest ? manifest->index() : nullptr;
            if (!index) {
                m_snapshot.incomplete =
                    manifest ? Error{Error::Kind::Protocol, tr("An index is no index.")}
                             : manifest.error();
                return;
            }
            for (const Descriptor &entry : index->manifests)
                m_snapshot.children[digest].append(entry.digest);
        });
    runChild(readAll, [this](const Result<Done> &) { succeed(m_snapshot); });
}

} // namespace Longshore
