// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/ratemeter.h"

namespace Longshore {

constexpr qint64 window = 5000;
constexpr qint64 shortestSpan = 500;

void RateMeter::add(qint64 milliseconds, qint64 bytesSoFar)
{
    if (!m_samples.isEmpty() && bytesSoFar < m_samples.last().bytes)
        m_samples.clear(); // It started over.
    m_samples.append({milliseconds, bytesSoFar});
    while (m_samples.size() > 2 && m_samples.at(1).milliseconds < milliseconds - window)
        m_samples.removeFirst();
}

std::optional<qint64> RateMeter::bytesPerSecond() const
{
    if (m_samples.size() < 2)
        return {};
    const qint64 span = m_samples.last().milliseconds - m_samples.first().milliseconds;
    if (span < shortestSpan)
        return {};
    return (m_samples.last().bytes - m_samples.first().bytes) * 1000 / span;
}

std::optional<qint64> RateMeter::secondsLeft(qint64 done, qint64 total) const
{
    const auto rate = bytesPerSecond();
    if (!rate || *rate == 0 || total < 0 || done > total)
        return {};
    return (total - done + *rate - 1) / *rate;
}

} // namespace Longshore
