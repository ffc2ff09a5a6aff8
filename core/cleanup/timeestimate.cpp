// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/timeestimate.h"

#include <algorithm>
#include <cmath>

namespace Longshore {

using Seconds = std::chrono::duration<double>;

constexpr qsizetype mostAtOnce = 6; // As JobQueue lets through.
constexpr double batchSize = 4; // As DeleteTagsJob deletes together.
constexpr double longest = 1e9; // Seconds; for what a counter of them still holds.

static std::chrono::seconds wholeSeconds(double seconds)
{
    return std::chrono::seconds(std::llround(std::clamp(seconds, 1.0, longest)));
}

std::optional<std::chrono::seconds> estimatedTime(const RequestPace &pace, const RunEffort &effort)
{
    const bool isMeasured = pace.requests > 0 && pace.time > std::chrono::nanoseconds(0);
    if (!isMeasured || effort.requests() <= 0)
        return {};
    const double each = Seconds(pace.time).count() / static_cast<double>(pace.requests);
    // Who waits for each answer gets them as much more slowly as there were others meanwhile.
    const double alone = each * static_cast<double>(std::min(pace.requests, mostAtOnce));
    return wholeSeconds(each * static_cast<double>(effort.together)
                        + alone / batchSize * static_cast<double>(effort.inBatches)
                        + alone * static_cast<double>(effort.inTurn));
}

std::optional<std::chrono::seconds> timeLeft(qint64 done, qint64 total,
                                             std::chrono::nanoseconds elapsed)
{
    if (done <= 0 || done >= total || elapsed <= std::chrono::nanoseconds(0))
        return {};
    return wholeSeconds(Seconds(elapsed).count() / static_cast<double>(done)
                        * static_cast<double>(total - done));
}

} // namespace Longshore
