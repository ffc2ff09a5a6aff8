// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/cleanupdecision.h"

#include "core/cleanup/decisiongroups.h"
#include "core/cleanup/deletionplan.h"
#include "core/cleanup/ruleverdicts.h"

#include <QCoreApplication>

#include <algorithm>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CleanupDecisions)
};

using Kind = TagDecision::Kind;

void block(CleanupDecisions &decisions, const QString &reason)
{
    for (TagDecision &tag : decisions.tags) {
        if (!tag.isRemoved())
            continue;
        tag.kind = Kind::Blocked;
        tag.reasons.prepend(reason);
        tag.cause = reason;
    }
    decisions.children.clear();
}

/// Whether nothing but signatures of what is gone would be left.
bool leavesNothing(const CleanupDecisions &decisions)
{
    return decisions.removedCount() > 0
           && std::all_of(decisions.tags.begin(), decisions.tags.end(), [](const TagDecision &tag) {
                  return tag.isRemoved() || tag.subject.has_value();
              });
}

} // namespace

QString TagDecision::kindName(Kind kind)
{
    switch (kind) {
    case Kind::Delete: return QStringLiteral("delete");
    case Kind::Untag: return QStringLiteral("untag");
    case Kind::Keep: return QStringLiteral("keep");
    case Kind::Protected: return QStringLiteral("protected");
    case Kind::LeftAlone: return QStringLiteral("left-alone");
    case Kind::Blocked: return QStringLiteral("blocked");
    }
    Q_UNREACHABLE();
}

qsizetype CleanupDecisions::count(Kind kind) const
{
    return std::count_if(tags.begin(), tags.end(),
                         [kind](const TagDecision &tag) { return tag.kind == kind; });
}

qsizetype CleanupDecisions::removedCount() const
{
    return count(Kind::Delete) + count(Kind::Untag);
}

QSet<Digest> CleanupDecisions::leaving() const
{
    QSet<Digest> result;
    for (const TagDecision &tag : tags) {
        if (tag.kind == Kind::Delete)
            result.insert(tag.manifest.digest);
    }
    for (const RemovedChild &child : children)
        result.insert(child.manifest.digest);
    return result;
}

bool CleanupDecisions::needsConfirmation() const
{
    const qsizetype removed = removedCount();
    return removed > mostUnconfirmed || removed * 2 > tags.size() || (wouldBeEmpty && removed > 0)
           || std::any_of(tags.begin(), tags.end(), [](const TagDecision &tag) {
                  return tag.overridesProtection && tag.isRemoved();
              });
}

CleanupDecisions decideCleanup(const RepositoryInventory &inventory, const CleanupRules &rules,
                               const CleanupChoices &choices)
{
    RuleVerdicts verdicts = judgeByRules(inventory, rules, choices);
    DecisionGroups groups(inventory, rules, verdicts.tags);
    groups.settle();
    for (TagDecision &tag : verdicts.tags) // What was only left out nobody has decided.
        tag.isOverridden = tag.isOverridden && choices.overrides.contains(tag.tag);
    CleanupDecisions decisions{inventory.snapshot.repository, inventory.snapshot.taken};
    decisions.expensiveRules = verdicts.expensiveRules;
    decisions.ruleCounts = verdicts.ruleCounts;
    decisions.incomplete = inventory.snapshot.incomplete;
    decisions.children = groups.removedChildren();
    decisions.tags = std::move(verdicts.tags);
    decisions.wouldBeEmpty = leavesNothing(decisions);
    if (!faultsOf(rules).isEmpty())
        block(decisions, Text::tr("the rules are not valid"));
    if (decisions.incomplete)
        block(decisions, Text::tr("the list of tags is incomplete"));
    if (decisions.wouldBeEmpty && !choices.mayEmpty)
        block(decisions, Text::tr("the repository would become empty"));
    return decisions;
}

DeletionPlan deletionPlanFor(const CleanupDecisions &decisions, const RepositorySnapshot &snapshot)
{
    QList<Tag> chosen;
    for (const TagDecision &tag : decisions.tags) {
        if (tag.kind == Kind::Delete)
            chosen.append(tag.tag);
    }
    DeletionPlan plan = planDeletion(snapshot, chosen);
    const QSet<Digest> leaving = decisions.leaving();
    for (const RemovedChild &child : decisions.children)
        plan.groups.append(
            {child.manifest, {}, {}, tagsThatNeed(child.manifest.digest, snapshot, leaving)});
    return plan;
}

} // namespace Longshore
