// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace Longshore {

/// How quickly a server has answered requests of which several were under way at once.
struct RequestPace
{
    qsizetype requests = 0; ///< That were answered.
    std::chrono::nanoseconds time{0}; ///< From the first of them to the last answer.

    /// What both have measured together.
    RequestPace &operator+=(const RequestPace &other)
    {
        requests += other.requests;
        time += other.time;
        return *this;
    }
};

/// What a run has to ask for.
struct RunEffort
{
    qsizetype together = 0; ///< Requests of which several are under way at once.
    qsizetype inTurn = 0; ///< Requests that wait for the answer to the one before.
    qsizetype inBatches = 0; ///< Requests of which a few go together, and the next wait for all.

    /// Of all kinds.
    [[nodiscard]] qsizetype requests() const { return together + inBatches + inTurn; }
};

/// About how long a run takes, by the \a pace of what was asked of the same server before; at least
/// a second. Nothing where nothing was measured, or there is nothing to do. window.md, 9.8 and 9.9.
[[nodiscard]] std::optional<std::chrono::seconds> estimatedTime(const RequestPace &pace,
                                                                const RunEffort &effort);

/// About how long a run still takes that has done \a done of \a total steps in the time \a elapsed.
/// Nothing before the first step, and behind the last. window.md, 9.10.
[[nodiscard]] std::optional<std::chrono::seconds> timeLeft(qint64 done, qint64 total,
                                                           std::chrono::nanoseconds elapsed);

} // namespace Longshore
