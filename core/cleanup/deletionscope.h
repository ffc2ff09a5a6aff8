// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupdecision.h"
#include "core/cleanup/deletionplan.h"

namespace Longshore {

/// How much goes with tags that a person has chosen.
enum class DeletionScope {
    /// The tags, and those images that nothing else needs: no other tag, and no index that stays.
    OnlyTags,
    WithImages, ///< The images, and every tag that points to them.
};

/// Whether the two differ: an image of \a plan is needed by something that was not chosen.
[[nodiscard]] bool hasScopes(const DeletionPlan &plan);

/// What becomes of each tag of \a snapshot, which \a plan was made from. Works on values alone.
[[nodiscard]] CleanupDecisions
decisionsFor(const DeletionPlan &plan, const RepositorySnapshot &snapshot, DeletionScope scope);

} // namespace Longshore
