// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletionplan.h"

#include "core/registry/listreferrersjob.h"

#include <algorithm>

namespace Longshore {

QList<Tag> DeletionPlan::siblings() const
{
    QList<Tag> result;
    for (const DeletionGroup &group : groups)
        result += group.siblings;
    return result;
}

QList<Tag> DeletionPlan::attached() const
{
    QList<Tag> result;
    for (const DeletionGroup &group : groups)
        result += group.attached;
    return result;
}

qsizetype DeletionPlan::chosenCount() const
{
    qsizetype count = 0;
    for (const DeletionGroup &group : groups)
        count += group.chosen.size();
    return count;
}

bool DeletionPlan::takes(const Tag &tag) const
{
    return std::any_of(groups.begin(), groups.end(),
                       [&](const DeletionGroup &group) { return group.allTags().contains(tag); });
}

bool DeletionPlan::isBlocked() const
{
    return incomplete || groups.isEmpty()
           || std::any_of(groups.begin(), groups.end(),
                          [](const DeletionGroup &group) { return !group.usedBy.isEmpty(); });
}

QList<Tag> tagsThatNeed(const Digest &digest, const RepositorySnapshot &snapshot,
                        const QSet<Digest> &leaving)
{
    QList<Tag> result;
    for (const auto &[tag, manifest] : snapshot.tags) {
        const auto children = snapshot.children.constFind(manifest.digest);
        const bool needs = children != snapshot.children.constEnd() && children->contains(digest)
                           && !leaving.contains(manifest.digest);
        // A list of what refers to an image is made of nothing; who goes is taken from it.
        if (needs && !isReferrersTag(tag))
            result.append(tag);
    }
    return result;
}

namespace {

/// A snapshot by what plans ask of it. A repository may have many thousands of tags.
class SnapshotView
{
public:
    explicit SnapshotView(const RepositorySnapshot &snapshot) : m_snapshot(snapshot)
    {
        for (const auto &[tag, manifest] : snapshot.tags) {
            m_tags[manifest.digest].append(tag);
            m_about[tag.toString().section(u'.', 0, 0)].append({tag, manifest.digest});
        }
        for (const QList<Digest> &children : snapshot.children)
            m_parts.unite(QSet<Digest>(children.begin(), children.end()));
    }

    [[nodiscard]] QList<Tag> tagsOf(const Digest &digest) const { return m_tags.value(digest); }

    [[nodiscard]] QList<Tag> usedBy(const Digest &digest, const QSet<Digest> &leaving) const
    {
        return m_parts.contains(digest) ? tagsThatNeed(digest, m_snapshot, leaving) : QList<Tag>();
    }

    /// The tags that carry \a digest in their name, as the referrers of OCI and the signatures of
    /// cosign do: "sha256-...", "sha256-....sig".
    [[nodiscard]] QList<Tag> about(const Digest &digest, const QSet<Digest> &leaving) const
    {
        QList<Tag> result;
        const auto tags = m_about.value(referrersTag(digest).toString());
        for (const auto &[tag, manifest] : tags) {
            if (!leaving.contains(manifest))
                result.append(tag);
        }
        return result;
    }

private:
    const RepositorySnapshot &m_snapshot;
    QHash<Digest, QList<Tag>> m_tags;
    QHash<QString, QList<std::pair<Tag, Digest>>> m_about; ///< By the name up to the first dot.
    QSet<Digest> m_parts; ///< What indexes are made of.
};

} // namespace

DeletionPlan planDeletion(const RepositorySnapshot &snapshot, const QList<Tag> &chosen)
{
    DeletionPlan plan{snapshot.repository, snapshot.taken, {}, {}, snapshot.incomplete, {}};
    const QSet<Tag> wanted(chosen.begin(), chosen.end());
    QSet<Digest> leaving;
    for (const auto &[tag, manifest] : snapshot.tags) {
        plan.knownTags.insert(tag.toString(), manifest.digest.toString());
        if (wanted.contains(tag))
            leaving.insert(manifest.digest);
    }
    const SnapshotView view(snapshot);
    QSet<Digest> grouped;
    for (const auto &[tag, manifest] : snapshot.tags) {
        if (!leaving.contains(manifest.digest) || grouped.contains(manifest.digest))
            continue;
        grouped.insert(manifest.digest);
        DeletionGroup group{manifest, {}, {}, view.usedBy(manifest.digest, leaving)};
        for (const Tag &same : view.tagsOf(manifest.digest))
            (wanted.contains(same) ? group.chosen : group.siblings).append(same);
        group.attached = view.about(manifest.digest, leaving);
        plan.groups.append(group);
    }
    std::copy_if(chosen.begin(), chosen.end(), std::back_inserter(plan.unknown),
                 [&](const Tag &tag) { return !plan.knownTags.contains(tag.toString()); });
    return plan;
}

DeletionPlan planManifestDeletion(const RepositorySnapshot &snapshot, const Descriptor &manifest)
{
    DeletionPlan plan = planDeletion(snapshot, snapshot.tagsOf(manifest.digest));
    if (plan.groups.isEmpty())
        plan.groups.append({manifest,
                            {},
                            {},
                            tagsThatNeed(manifest.digest, snapshot, {manifest.digest}),
                            SnapshotView(snapshot).about(manifest.digest, {manifest.digest})});
    return plan;
}

} // namespace Longshore
