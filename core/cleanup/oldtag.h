// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupreport.h"

namespace Longshore {

/// A tag that shall go because its image has got others.
struct OldTag
{
    RepositoryName repository; ///< Of the image.
    Tag tag; ///< The one that goes, alone.
    Digest image; ///< What it points to; it stays when it points elsewhere.
    QList<Tag> newTags; ///< What the image stays for: they have to point to it, too. At least one.
};

/// What became of an OldTag.
struct OldTagOutcome
{
    UntagOutcome::State state = UntagOutcome::State::NotTried; ///< How it ended.
    /// Why the tag was not removed. Of one that was: how the server's answer was lost.
    std::optional<Error> error = {};
    QString backupFolder = {}; ///< Of what it pointed to; empty where nothing was saved.
    /// @{
    /// With an error: what the tag and the new ones point to in the end, and which of them are not
    /// there, as far as that could be seen.
    QList<std::pair<Tag, Digest>> left = {};
    QList<Tag> missing = {};
    /// @}

    /// Whether the tag is not there any more, whoever removed it.
    [[nodiscard]] bool isGone() const
    {
        return state == UntagOutcome::State::Removed || state == UntagOutcome::State::AlreadyGone;
    }
};

} // namespace Longshore
