// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <chrono>
#include <memory>
#include <mutex>

namespace Longshore {

class NetworkThread;

/// How many bytes may travel, over everything that shares this. Safe in any thread.
class RateLimit
{
public:
    using Clock = std::chrono::steady_clock; ///< What time is measured by.

    /// In each second, from \a now on; 0 for no limit.
    void set(qint64 bytesPerSecond, Clock::time_point now = Clock::now());
    /// As it was set.
    [[nodiscard]] qint64 bytesPerSecond() const;
    /// How many of \a wanted bytes may travel at \a now: they count as having travelled. 0 when
    /// somebody has to wait().
    [[nodiscard]] qint64 take(qint64 wanted, Clock::time_point now = Clock::now());

    /// How long whoever got nothing waits before it asks again.
    static constexpr std::chrono::milliseconds pause{50};

private:
    mutable std::mutex m_mutex;
    qint64 m_rate = 0;
    qint64 m_left = 0; ///< May travel at once.
    Clock::time_point m_filled; ///< When that was right.
};

/// The limit of all bodies in bulk that travel in \a thread; asked for by whoever made the thread.
[[nodiscard]] std::shared_ptr<RateLimit> rateLimitOf(NetworkThread &thread);

} // namespace Longshore
