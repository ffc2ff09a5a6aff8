// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

namespace Longshore {

/// What a transfer that runs is busy with.
enum class TransferPhase {
    Looking, ///< What there is to bring, and what is there already.
    Bringing, ///< Blobs, which are hashed on their way.
    Writing, ///< Files of what was brought.
    Comparing, ///< Reading back what the other side has now.
};

/// A job that knows what it is busy with. It emits Job::progressChanged() whenever that changes.
class PhasedJob
{
public:
    virtual ~PhasedJob() = default;
    /// What it is busy with at the moment.
    [[nodiscard]] virtual TransferPhase phase() const = 0;
};

/// A request that failed, and is made once more in a moment.
struct RetryInTime
{
    Error reason; ///< Why it failed.
    int seconds = 0; ///< Until then, rounded up.
};

} // namespace Longshore
