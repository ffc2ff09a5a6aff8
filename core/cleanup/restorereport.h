// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/restoreplan.h"

namespace Longshore {

/// What became of one tag, or manifest without any, of a backup.
struct RestoreOutcome
{
    /// How it ended.
    enum class State {
        Restored, ///< And read back, byte for byte.
        AlreadyThere, ///< Nothing was done, because nothing was missing.
        Conflict, ///< Not touched, because the tag points to something else.
        Lost, ///< Not touched, because nobody has all of it any more.
        Failed,
        NotTried, ///< The run had ended by then.
    };

    RestoreItem item; ///< As it was planned.
    State state = State::NotTried; ///< Of the tag, or the manifest.
    std::optional<Error> error = {}; ///< Why it did not come back.
    /// Of what came back: why it is not listed among what refers to another manifest.
    std::optional<Error> listError = {};

    /// The state as the journal has it: "restored", "not-tried".
    [[nodiscard]] static QString stateName(State state);
};

/// The result of a restore. Its outcomes are those that were wanted, in the order of the plan.
struct RestoreReport
{
    RepositoryName repository; ///< Of the plan.
    QList<RestoreOutcome> outcomes; ///< One for each.
    QString replacedBackup = {}; ///< The folder with what tags pointed to before; empty for none.

    [[nodiscard]] qsizetype count(RestoreOutcome::State state) const; ///< Of tags and manifests.
    /// Whether all of it is there now.
    [[nodiscard]] bool isComplete() const;
};

} // namespace Longshore
