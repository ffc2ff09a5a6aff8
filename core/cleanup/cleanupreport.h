// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/deletionreport.h"

namespace Longshore {

/// What became of one tag that should go while its image stays.
struct UntagOutcome
{
    /// How it ended.
    enum class State {
        Removed, ///< And its siblings were seen to be still there.
        AlreadyGone, ///< Somebody else had removed it before.
        Skipped, ///< It is not what it was when the user decided.
        Failed, ///< The run of tags ended with it.
        NotTried, ///< The run had ended by then.
    };

    Tag tag; ///< Of the decisions.
    Digest digest; ///< What it pointed to by then.
    State state = State::NotTried; ///< Of the tag alone.
    std::optional<Error> error = {}; ///< Why it was not removed.

    /// The state as scripts and reports have it: "untagged", "not-tried".
    [[nodiscard]] static QString stateName(State state);
};

/// What became of a clean-up of one repository.
struct CleanupReport
{
    RepositoryName repository; ///< Of the decisions.
    DeletionReport deletion; ///< Of everything that goes with its manifest; may be of nothing.
    QList<UntagOutcome> untagged = {}; ///< One for each tag that goes alone.
    SavedBackup tagBackup = {}; ///< Of what those tags pointed to; without a folder for none.

    /// The tags that go alone, whatever became of them.
    [[nodiscard]] QList<Tag> leavingTags() const;
    /// Whether the repository may be another by now.
    [[nodiscard]] bool hasChanged() const;
    /// The folders that were written; none where there was nothing to save.
    [[nodiscard]] QStringList backupFolders() const;
    /// Whether everything happened as it was decided.
    [[nodiscard]] bool isComplete() const;
};

} // namespace Longshore
