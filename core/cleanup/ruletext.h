// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/rulematcher.h"

namespace Longshore {

/// A condition in words, which go on behind "images that are": "older than 90 days".
[[nodiscard]] QString describe(const CleanupCondition &condition);
/// A rule in words: "Delete: matching pr-*, older than 14 days".
[[nodiscard]] QString describe(const CleanupRule &rule);
/// @{
/// A choice in words: "in the same minor version".
[[nodiscard]] QString describe(TagLine line);
[[nodiscard]] QString describe(NewestCondition::Order order);
/// @}

/// A rule as the reason for what becomes of a tag, with what was measured: "older than 90 days: 212
/// days". \a rank is the place of the image in its line, 0 where none was counted.
[[nodiscard]] QString reasonOf(const CleanupRule &rule, const RuleCandidate &tag, int rank,
                               const QDateTime &now);

} // namespace Longshore
