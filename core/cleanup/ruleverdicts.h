// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupdecision.h"

namespace Longshore {

/// What the rules and the choices say of each tag, taken alone.
struct RuleVerdicts
{
    QList<TagDecision> tags; ///< In the order of the snapshot; only what is decided so far.
    QList<qsizetype> expensiveRules = {}; ///< As in CleanupDecisions.
    QList<qsizetype> ruleCounts = {}; ///< As in CleanupDecisions.
};

/// Asks the rules about each tag. Tags that are about another image are Delete unless a rule holds
/// them: they go if that image does. What may not go at all is marked as if a person had kept it.
[[nodiscard]] RuleVerdicts judgeByRules(const RepositoryInventory &inventory,
                                        const CleanupRules &rules, const CleanupChoices &choices);

/// What the name of a tag says that it is about, as referrers ("sha256-...") and cosign
/// ("sha256-....sig") write it; nothing for other names.
[[nodiscard]] std::optional<Digest> subjectByName(const Tag &tag);

} // namespace Longshore
