// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/deletionplan.h"

namespace Longshore {

/// A backup on disk.
struct SavedBackup
{
    QString folder;
    qsizetype manifestCount = 0;
    qint64 bytes = 0;
    QHash<Digest, Digest> subjects = {}; ///< What the manifests refer to, of those that do.
};

/// What became of one manifest of a plan.
struct DeletionOutcome
{
    enum class State {
        Deleted, ///< And seen to be gone.
        Skipped, ///< Not touched, because it is not what it was when the user decided.
        Failed,
        Unverified, ///< Accepted, but still visible, or nobody knows.
        NotTried, ///< The run had ended by then.
    };

    DeletionGroup group;
    State state = State::NotTried;
    std::optional<Error> error = {};
    /// Of what was deleted: why it is still listed among what refers to another manifest.
    std::optional<Error> listError = {};
};

/// The result of a deletion. Its outcomes are those of the plan, in the same order.
struct DeletionReport
{
    RepositoryName repository;
    SavedBackup backup;
    QList<DeletionOutcome> outcomes;

    [[nodiscard]] qsizetype count(DeletionOutcome::State state) const; ///< In tags.
    [[nodiscard]] bool isComplete() const;
};

} // namespace Longshore
