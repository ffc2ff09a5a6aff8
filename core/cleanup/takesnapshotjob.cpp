// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/takesnapshotjob.h"

#include "core/base/foreachjob.h"
#include "core/oci/naturalorder.h"
#include "core/session/session.h"

#include <QElapsedTimer>

#include <algorithm>

namespace Longshore {

using Priority = Session::Priority;

constexpr int deepestIndex = 8;

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
        // What cannot be asked about may point to anything.
        if (summary->invalidCount > 0 && !m_snapshot.incomplete)
            m_snapshot.incomplete = Error{
                Error::Kind::Protocol, tr("The list of tags contains names that no tag can have.")};
        resolveTags();
    });
}

void TakeSnapshotJob::resolveTags()
{
    // Plans, reports and backups name the tags in the order in which people read them.
    std::sort(m_tags.begin(), m_tags.end(), [](const Tag &left, const Tag &right) {
        return naturalCompare(left.toString(), right.toString()) < 0;
    });
    auto *resolveAll = new ForEachJob<Tag, Descriptor>(
        m_tags,
        [this](const Tag &tag) {
            return m_session.resolve(m_snapshot.repository, tag, Priority::Interactive);
        },
        [this](const Tag &tag, const auto &manifest) { handleTag(tag, manifest); });
    connect(resolveAll, &Job::progressChanged, this, &Job::progressChanged);
    QElapsedTimer clock;
    clock.start();
    runChild(resolveAll, [this, clock](const Result<Done> &) {
        m_snapshot.pace = {m_tags.size(), std::chrono::nanoseconds(clock.nsecsElapsed())};
        collectTags();
    });
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

void TakeSnapshotJob::collectTags()
{
    for (const Tag &tag : std::as_const(m_tags)) {
        const auto found = m_resolved.constFind(tag);
        if (found == m_resolved.constEnd())
            continue;
        m_snapshot.tags.append({tag, *found});
        if (found->mediaType.kind() == MediaType::Kind::ImageIndex)
            m_indexes.insert(found->digest);
    }
    readIndexes(m_indexes);
}

void TakeSnapshotJob::readIndexes(const QSet<Digest> &digests)
{
    if (digests.isEmpty())
        return finish();
    if (++m_depth > deepestIndex) {
        m_snapshot.incomplete =
            Error{Error::Kind::TooLarge, tr("An index of this repository is nested too deep.")};
        return finish();
    }
    auto *readAll = new ForEachJob<Digest, Manifest>(
        {digests.begin(), digests.end()},
        [this](const Digest &digest) {
            return m_session.fetchManifest(m_snapshot.repository, digest, Priority::Interactive);
        },
        [this](const Digest &digest, const auto &manifest) { handleIndex(digest, manifest); });
    runChild(readAll, [this](const Result<Done> &) { readIndexes(nestedIndexes()); });
}

void TakeSnapshotJob::handleIndex(const Digest &digest, const Result<Manifest> &manifest)
{
    QList<Descriptor> &entries = m_entries[digest]; // Read, whatever came of it.
    if (const ImageIndex *index = manifest ? manifest->index() : nullptr) {
        entries = index->manifests;
        return;
    }
    // Of an index within another that is missing nothing more can be broken.
    if (!manifest && manifest.error().kind == Error::Kind::NotFound && !m_indexes.contains(digest))
        return;
    m_snapshot.incomplete =
        manifest ? Error{Error::Kind::Protocol, tr("An index is no index.")} : manifest.error();
}

/// Indexes that are entries of others and were not read yet.
QSet<Digest> TakeSnapshotJob::nestedIndexes() const
{
    QSet<Digest> result;
    for (const QList<Descriptor> &entries : m_entries) {
        for (const Descriptor &entry : entries) {
            if (entry.mediaType.kind() == MediaType::Kind::ImageIndex
                && !m_entries.contains(entry.digest))
                result.insert(entry.digest);
        }
    }
    return result;
}

/// Says of each index that has a tag what it is made of, however deep.
void TakeSnapshotJob::finish()
{
    for (const Digest &index : std::as_const(m_indexes)) {
        QList<Digest> made; // In the order of the index.
        QSet<Digest> known{index};
        QList<Digest> open{index};
        while (!open.isEmpty()) {
            const QList<Descriptor> entries = m_entries.value(open.takeFirst());
            for (const Descriptor &entry : entries) {
                if (known.contains(entry.digest))
                    continue;
                known.insert(entry.digest);
                made.append(entry.digest);
                open.append(entry.digest);
            }
        }
        m_snapshot.children.insert(index, made);
    }
    succeed(m_snapshot);
}

} // namespace Longshore
