// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupreport.h"

namespace Longshore {

/// What a run is busy with, and what it has come to so far.
struct RunProgress
{
    /// What it does with each item, but for the first.
    enum class Stage {
        Backup, ///< Of everything, before the first change.
        Check, ///< Whether all is still as it was seen.
        Delete, ///< By a request; of a tag that goes alone, with what proves it.
        Verify, ///< Whether it is gone.
        Paused, ///< Until somebody lets it go on.
    };

    Stage stage = Stage::Backup; ///< The latest.
    QList<Tag> tags = {}; ///< What it is about; none where it is about everything, or no tag.
    qsizetype done = 0; ///< Tags that are gone by this run.
    qsizetype skipped = 0; ///< Tags.
    qsizetype failed = 0; ///< Tags, those among them of which nobody knows.

    /// @{
    /// Adds what became of one item.
    void count(const DeletionOutcome &outcome);
    void count(const UntagOutcome &outcome);
    /// @}

    friend bool operator==(const RunProgress &, const RunProgress &) = default;
};

} // namespace Longshore
