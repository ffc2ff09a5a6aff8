// SPDX-License-Identifier: Apache-2.0
#include "core/http/ratelimit.h"

#include "core/http/networkthread.h"

#include <algorithm>

namespace Longshore {

using namespace std::chrono_literals;

namespace {

/// Goes with the thread that it is a child of.
class LimitKeeper final : public QObject
{
public:
    using QObject::QObject;

    const std::shared_ptr<RateLimit> limit = std::make_shared<RateLimit>();
};

} // namespace

std::shared_ptr<RateLimit> rateLimitOf(NetworkThread &thread)
{
    QThread *owner = thread.thread();
    for (QObject *child : owner->children()) {
        if (const auto *keeper = dynamic_cast<LimitKeeper *>(child))
            return keeper->limit;
    }
    return (new LimitKeeper(owner))->limit;
}

/// What may come in a burst; much more than comes in one pause.
static qint64 mostAtOnce(qint64 rate)
{
    return std::max<qint64>(rate / 4, 1);
}

void RateLimit::set(qint64 bytesPerSecond, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    m_rate = std::max<qint64>(bytesPerSecond, 0);
    m_left = 0;
    m_filled = now;
}

qint64 RateLimit::bytesPerSecond() const
{
    const std::lock_guard lock(m_mutex);
    return m_rate;
}

qint64 RateLimit::take(qint64 wanted, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    if (m_rate == 0)
        return wanted;
    // What is more than a burst is lost anyway, and must not overflow.
    const auto passed = std::clamp<Clock::duration>(now - m_filled, 0s, 1s);
    const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(passed);
    const auto arrived = static_cast<qint64>(static_cast<double>(m_rate)
                                             * static_cast<double>(microseconds.count()) / 1e6);
    if (arrived > 0) {
        m_left = std::min(m_left + arrived, mostAtOnce(m_rate));
        m_filled = now;
    }
    const qint64 taken = std::min(wanted, m_left);
    m_left -= taken;
    return taken;
}

} // namespace Longshore
