// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanuprules.h"
#include "core/cleanup/repositoryinventory.h"

namespace Longshore {

/// Whether a tag meets a condition.
enum class RuleMatch {
    No,
    Yes,
    Unknown, ///< Something that the condition asks for is not known.
};

/// A tag with what rules ask for.
struct RuleCandidate
{
    Tag tag; ///< Not one that follows another image, as signatures do.
    Descriptor manifest; ///< What it points to.
    const ManifestDetails *details = nullptr; ///< Null when nothing is known. Of the inventory.
    QDateTime date = {}; ///< Plausible, or by the name of the tag; else invalid.
    int image = 0; ///< A number that tags of one manifest share; quicker than its digest.
};

/// What one rule says about all tags.
struct RuleColumn
{
    QList<RuleMatch> matches; ///< In the order of the candidates.
    /// Of a rule that counts: the place of each image in its line, 1 for the newest; 0 where none was
    /// counted.
    QList<int> ranks = {};
    /// Whether an expression took so many steps that the rule says nothing.
    bool isTooExpensive = false;
};

/// Finds out which tags rules mean. Whatever lives longer than this: inventory and candidates.
class RuleMatcher
{
public:
    /// \a now is what ages are measured from.
    RuleMatcher(const RepositoryInventory &inventory, const QList<RuleCandidate> &candidates,
                const UndatedPolicy &undated, const QDateTime &now);

    /// What \a rule says. A rule with a fault says nothing: no tag is known not to be meant.
    [[nodiscard]] RuleColumn evaluate(const CleanupRule &rule) const;

private:
    using Column = QList<RuleMatch>;

    [[nodiscard]] RuleColumn unknown() const;
    [[nodiscard]] bool narrow(Column &column, const CleanupCondition &condition) const;
    [[nodiscard]] bool narrowByName(Column &column, const NameCondition &names) const;
    void narrowByNewest(RuleColumn &column, const NewestCondition &newest) const;
    void narrowByReplaced(Column &column, const ReplacedCondition &replaced) const;
    [[nodiscard]] RuleMatch replacedBy(const RuleCandidate *newest, const RuleCandidate &tag) const;
    [[nodiscard]] QList<int> ordered(const Column &column, NewestCondition::Order order) const;
    [[nodiscard]] RuleMatch match(const AgeCondition &age, const RuleCandidate &tag) const;
    [[nodiscard]] RuleMatch match(const PlatformCondition &wanted, const RuleCandidate &tag) const;
    [[nodiscard]] RuleMatch match(const LabelCondition &label, const RuleCandidate &tag) const;
    [[nodiscard]] RuleMatch match(const SizeCondition &size, const RuleCandidate &tag) const;
    [[nodiscard]] RuleMatch match(const InUseCondition &inUse, const RuleCandidate &tag) const;

    const RepositoryInventory &m_inventory;
    const QList<RuleCandidate> &m_candidates;
    UndatedPolicy m_undated;
    QDateTime m_now;
};

/// When the image of \a tag was made, as far as rules believe it: from the details, else, where
/// \a undated says so, from the name of the tag. Invalid otherwise.
[[nodiscard]] QDateTime usableDate(const ManifestDetails *details, const Tag &tag,
                                   const UndatedPolicy &undated, const QDateTime &now);

} // namespace Longshore
