// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QList>

#include <optional>

namespace Longshore {

/// How fast bytes come, as an average over the last seconds.
class RateMeter
{
public:
    /// \a milliseconds since any fixed moment; never going back. Bytes that go back start anew.
    void add(qint64 milliseconds, qint64 bytesSoFar);
    /// In bytes per second; nothing until there is enough to tell.
    [[nodiscard]] std::optional<qint64> bytesPerSecond() const;
    /// In seconds; nothing while the rate or the total is unknown.
    [[nodiscard]] std::optional<qint64> secondsLeft(qint64 done, qint64 total) const;
    /// Begins anew.
    void clear() { m_samples.clear(); }

private:
    struct Sample
    {
        qint64 milliseconds;
        qint64 bytes;
    };

    QList<Sample> m_samples; ///< Of the last seconds, the oldest first.
};

} // namespace Longshore
