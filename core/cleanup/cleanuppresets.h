// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanuprules.h"

namespace Longshore {

/// Rules to begin with. Each protects defaultProtectedTags().
enum class CleanupPreset {
    PullRequestImages, ///< "pr-12" and the like that are older than 14 days.
    Nightlies, ///< Nightly builds older than 30 days, but for the newest 7 of each prefix.
    OldReleases, ///< Versions older than a year that a newer one of their line has replaced.
    EverythingButNewest, ///< All but the newest 10 images.
};

/// All of them, in the order in which people are asked.
[[nodiscard]] QList<CleanupPreset> cleanupPresets();
/// The rules of \a preset, with its name.
[[nodiscard]] CleanupRules rulesOf(CleanupPreset preset);

} // namespace Longshore
