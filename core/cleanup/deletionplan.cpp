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
    for (auto index = snapshot.children.begin(); index != snapshot.children.end(); ++index) {
        if (!leaving.contains(index.key()) && index->contains(digest))
            result += snapshot.tagsOf(index.key());
    }
    // A list of what refers to an image is made of nothing; who goes is taken from it.
    result.removeIf(isReferrersTag);
    return result;
}

/// The tags that carry \a digest in their name, as the referrers of OCI and the signatures of
/// cosign do: "sha256-...", "sha256-....sig".
static QList<Tag> tagsAbout(const Digest &digest, const RepositorySnapshot &snapshot,
                            const QSet<Digest> &leaving)
{
    const QString name = referrersTag(digest).toString();
    QList<Tag> result;
    for (const auto &[tag, manifest] : snapshot.tags) {
        const QString &text = tag.toString();
        const bool isAbout =
            text.startsWith(name) && (text.size() == name.size() || text.at(name.size()) == u'.');
        if (isAbout && !leaving.contains(manifest.digest))
            result.append(tag);
    }
    return result;
}

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
    QSet<Digest> grouped;
    for (const auto &[tag, manifest] : snapshot.tags) {
        if (!leaving.contains(manifest.digest) || grouped.contains(manifest.digest))
            continue;
        grouped.insert(manifest.digest);
        DeletionGroup group{manifest, {}, {}, tagsThatNeed(manifest.digest, snapshot, leaving)};
        for (const Tag &same : snapshot.tagsOf(manifest.digest))
            (wanted.contains(same) ? group.chosen : group.siblings).append(same);
        group.attached = tagsAbout(manifest.digest, snapshot, leaving);
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
                            tagsAbout(manifest.digest, snapshot, {manifest.digest})});
    return plan;
}

} // namespace Longshore
