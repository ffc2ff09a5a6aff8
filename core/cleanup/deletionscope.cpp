// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletionscope.h"

#include <algorithm>

namespace Longshore {

using Kind = TagDecision::Kind;

static bool isShared(const DeletionGroup &group)
{
    return !group.siblings.isEmpty() || !group.usedBy.isEmpty();
}

bool hasScopes(const DeletionPlan &plan)
{
    return !plan.incomplete && std::any_of(plan.groups.begin(), plan.groups.end(), isShared);
}

static QSet<Digest> allImages(const DeletionPlan &plan)
{
    QSet<Digest> digests;
    for (const DeletionGroup &group : plan.groups)
        digests.insert(group.manifest.digest);
    return digests;
}

/// The images of \a plan that nothing needs that stays. An index that stays keeps its parts, too.
static QSet<Digest> unneededImages(DeletionPlan plan, const RepositorySnapshot &snapshot)
{
    while (hasScopes(plan)) {
        QList<Tag> unshared;
        for (const DeletionGroup &group : std::as_const(plan.groups)) {
            if (!isShared(group))
                unshared += group.chosen;
        }
        plan = planDeletion(snapshot, unshared);
    }
    return allImages(plan);
}

CleanupDecisions decisionsFor(const DeletionPlan &plan, const RepositorySnapshot &snapshot,
                              DeletionScope scope)
{
    const QSet<Digest> leaving =
        scope == DeletionScope::WithImages ? allImages(plan) : unneededImages(plan, snapshot);
    QSet<Tag> chosen;
    for (const DeletionGroup &group : plan.groups)
        chosen.unite(QSet<Tag>(group.chosen.begin(), group.chosen.end()));
    const auto kindOf = [&](const Tag &tag, const Digest &digest) {
        if (leaving.contains(digest))
            return Kind::Delete;
        return chosen.contains(tag) ? Kind::Untag : Kind::LeftAlone;
    };
    CleanupDecisions decisions{snapshot.repository, snapshot.taken};
    decisions.incomplete = plan.incomplete;
    for (const auto &[tag, manifest] : snapshot.tags)
        decisions.tags.append({tag, manifest, kindOf(tag, manifest.digest)});
    decisions.wouldBeEmpty =
        !decisions.tags.isEmpty() && decisions.removedCount() == decisions.tags.size();
    return decisions;
}

} // namespace Longshore
