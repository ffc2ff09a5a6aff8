// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QDateTime>

namespace Longshore {

/// When a failed request is tried again, and how long to wait before.
struct RetryPolicy
{
    int attempts = 5; ///< In all, the first one included.
    std::chrono::milliseconds firstDelay{500}; ///< Doubled after each attempt.
    std::chrono::milliseconds longestDelay{30'000}; ///< Of our own choice.
    std::chrono::seconds longestServerDelay{3600}; ///< Of a Retry-After; beyond it we give up.

    /// How long to wait after \a attempt (1 is the first) failed; nothing when it is not to be
    /// tried again. \a isSafe says whether the request may have been carried out unseen: such a
    /// request is only repeated when the server refused it by asking to wait.
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    delayAfter(int attempt, const Error &error, bool isSafe) const;
};

/// RFC 9110, 10.2.3: seconds, or a date. Nothing when malformed, negative or past.
[[nodiscard]] std::optional<std::chrono::seconds>
parseRetryAfter(const QByteArray &value, const QDateTime &now = QDateTime::currentDateTimeUtc());

} // namespace Longshore
