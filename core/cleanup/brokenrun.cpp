// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/brokenrun.h"

#include "core/base/foreachjob.h"
#include "core/cleanup/keptimages.h"
#include "core/cleanup/takesnapshotjob.h"
#include "core/session/session.h"

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

/// What is found of one item of a run.
struct FoundItem
{
    const JournalItem &item;
    QSet<Tag> tags; ///< That point to its manifest by now.
};

/// Whether somebody has given it a tag, has put one of its tags elsewhere, or brought it back. A tag
/// that is gone cannot be lost any more, whether the run has taken it or somebody else.
bool hasChanged(const FoundItem &found, const QSet<Tag> &tagsThere)
{
    const QSet<Tag> planned(found.item.tags.begin(), found.item.tags.end());
    return !planned.contains(found.tags) || (planned - found.tags).intersects(tagsThere)
           || found.item.result.state == "deleted"_L1;
}

} // namespace

BrokenRun compareBrokenRun(const JournalRun &run, const RepositorySnapshot &now,
                           const QHash<Digest, Descriptor> &untagged)
{
    QHash<Digest, QSet<Tag>> tagsNow;
    QSet<Tag> tagsThere;
    for (const auto &[tag, manifest] : now.tags) {
        tagsNow[manifest.digest].insert(tag);
        tagsThere.insert(tag);
    }
    QList<JournalItem> gone;
    QList<JournalItem> changed;
    QList<Tag> tags;
    QList<Descriptor> withoutTags;
    for (const JournalItem &item : run.items) {
        const FoundItem found{item, tagsNow.value(item.manifest)};
        const bool isThere = !found.tags.isEmpty() || untagged.contains(item.manifest);
        if (!isThere)
            gone.append(item);
        else if (hasChanged(found, tagsThere))
            changed.append(item);
        else if (found.tags.isEmpty())
            withoutTags.append(*untagged.constFind(item.manifest));
        else
            tags.append(found.tags.values());
    }
    DeletionPlan rest = planDeletion(now, tags);
    QSet<Digest> leaving;
    for (const DeletionGroup &group : std::as_const(rest.groups))
        leaving.insert(group.manifest.digest);
    for (const JournalItem &item : std::as_const(changed))
        rest.withheld.insert(item.manifest);
    for (const JournalItem &item : run.items)
        rest.formerTags.insert(item.manifest, item.tags);
    for (const Descriptor &manifest : std::as_const(withoutTags))
        rest.groups.append({manifest, {}, {}, tagsThatNeed(manifest.digest, now, leaving)});
    return {gone, changed, rest};
}

BrokenRun compareBrokenUntagging(const JournalRun &run, const RepositorySnapshot &now)
{
    QSet<Tag> planned;
    for (const JournalItem &item : run.items)
        planned.unite(QSet<Tag>(item.tags.begin(), item.tags.end()));
    QHash<Tag, Digest> tagsThere;
    for (const auto &[tag, manifest] : now.tags)
        tagsThere.insert(tag, manifest.digest);
    const KeptImages kept(now, now, planned.values());
    BrokenRun result{{}, {}, {now.repository, now.taken, {}, {}, {}, {}}};
    for (const JournalItem &item : run.items) {
        for (const Tag &tag : item.tags) {
            const auto there = tagsThere.constFind(tag);
            if (there == tagsThere.constEnd())
                result.gone.append(item);
            else if (*there != item.manifest || !kept.keeperOf(item.manifest)
                     || item.result.state == "untagged"_L1) // Somebody has put it there again.
                result.changed.append(item);
            else
                result.tagsAlone.append(tag);
        }
    }
    return result;
}

CheckBrokenRunJob::CheckBrokenRunJob(Session &session, const JournalRun &run, QObject *parent)
    : ResultJob(parent), m_session(session), m_run(run), m_now{*run.repository, {}, {}, {}, {}, {}}
{}

void CheckBrokenRunJob::doStart()
{
    if (m_run.kind != JournalRun::Kind::Deletion && m_run.kind != JournalRun::Kind::Untagging)
        return fail({Error::Kind::InvalidInput, tr("Only deletions can be gone on with.")});
    auto *snapshot = new TakeSnapshotJob(m_session, m_now.repository);
    connect(snapshot, &Job::progressChanged, this, &Job::progressChanged);
    runChild(snapshot, [this](const Result<RepositorySnapshot> &now) {
        if (!now || now->incomplete)
            return fail(now ? *now->incomplete : now.error());
        m_now = *now;
        // What was to lose a tag alone must not be deleted for it.
        if (m_run.kind == JournalRun::Kind::Untagging)
            return succeed(compareBrokenUntagging(m_run, m_now));
        lookForUntagged();
    });
}

void CheckBrokenRunJob::lookForUntagged()
{
    QList<Digest> digests;
    for (const JournalItem &item : std::as_const(m_run.items)) {
        if (m_now.tagsOf(item.manifest).isEmpty())
            digests.append(item.manifest);
    }
    auto *resolveAll = new ForEachJob<Digest, Descriptor>(
        digests,
        [this](const Digest &digest) {
            return m_session.resolve(m_now.repository, digest, Session::Priority::Interactive);
        },
        [this](const Digest &digest, const Result<Descriptor> &manifest) {
            if (manifest)
                m_untagged.insert(digest, *manifest);
            else if (manifest.error().kind != Error::Kind::NotFound)
                m_error = manifest.error();
        });
    runChild(resolveAll, [this](const Result<Done> &) {
        if (m_error)
            return fail(*m_error);
        succeed(compareBrokenRun(m_run, m_now, m_untagged));
    });
}

} // namespace Longshore
