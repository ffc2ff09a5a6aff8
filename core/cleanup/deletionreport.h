// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/deletionplan.h"

namespace Longshore {

/// The state of what somebody else had removed before, as scripts have it.
inline constexpr QLatin1StringView alreadyGone{"already-gone"};

/// A backup on disk.
struct SavedBackup
{
    QString folder; ///< From the root, or as it was given; empty where there was nothing to save.
    qsizetype manifestCount = 0; ///< Of those that go; what indexes are made of is not counted.
    qint64 bytes = 0; ///< On the disk.
    QHash<Digest, Digest> subjects = {}; ///< What the manifests refer to, of those that do.
    QSet<Digest> missing = {}; ///< What was not there any more, and so is not saved.
};

/// What became of one manifest of a plan.
struct DeletionOutcome
{
    /// How it ended.
    enum class State {
        Deleted, ///< And seen to be gone.
        Skipped, ///< Not touched, because it is not what it was when the user decided.
        Failed,
        Unverified, ///< Accepted, but still visible, or nobody knows.
        NotTried, ///< The run had ended by then.
    };

    DeletionGroup group; ///< As it was planned.
    State state = State::NotTried; ///< Of the manifest and all its tags, but for goneTags.
    std::optional<Error> error = {}; ///< Why it was not deleted.
    /// Of what was deleted: why it is still listed among what refers to another manifest.
    std::optional<Error> listError = {};
    /// Tags of the group that somebody else had removed before: there was nothing left to do.
    QList<Tag> goneTags = {};

    /// What the state is about.
    [[nodiscard]] QList<Tag> tags() const;
    /// The state as scripts and the journal have it: "deleted", "not-tried".
    [[nodiscard]] static QString stateName(State state);
};

/// Whether the answer was no, and would be to every further request: nothing was done.
[[nodiscard]] bool isRefusal(const Error &error);

/// What the parts of a deletion took, in all. What happens to several manifests at once counts once.
struct DeletionTimes
{
    std::chrono::nanoseconds backup{0}; ///< Reading it, writing it, and seeing it on the disk.
    std::chrono::nanoseconds secondLook{0}; ///< At every tag, and the journal before it.
    std::chrono::nanoseconds rechecks{0}; ///< Right before each deletion.
    std::chrono::nanoseconds deletions{0}; ///< The requests themselves.
    std::chrono::nanoseconds verifications{0}; ///< Whether it is gone.
    std::chrono::nanoseconds whole{0}; ///< From the start to the end, pauses included.
};

/// The result of a deletion. Its outcomes are those of the plan, in the same order.
struct DeletionReport
{
    RepositoryName repository; ///< Of the plan.
    SavedBackup backup; ///< Of all that should go, deleted or not.
    QList<DeletionOutcome> outcomes; ///< One for each group.
    DeletionTimes times = {}; ///< Of the run.

    [[nodiscard]] qsizetype count(DeletionOutcome::State state) const; ///< In tags.
    [[nodiscard]] qsizetype goneCount() const; ///< Of tags that were gone already.
    /// Whether anything is not there any more, as far as anybody knows.
    [[nodiscard]] bool mayHaveChanged() const;
    /// Whether everything was deleted, and seen to be gone.
    [[nodiscard]] bool isComplete() const;
    /// What of \a plan, which this is the report of, was not tried: to go on with.
    [[nodiscard]] DeletionPlan rest(const DeletionPlan &plan) const;
};

} // namespace Longshore
