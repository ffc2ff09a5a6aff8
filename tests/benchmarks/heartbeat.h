// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <ctime>
#include <utility>

/// The longest time in which the event loop did not come round; and the longest that its thread was
/// busy meanwhile, which tells a slow window from a busy machine. In milliseconds.
class Heartbeat final : public QObject
{
public:
    Heartbeat()
    {
        connect(&m_timer, &QTimer::timeout, this, [this] {
            longest = qMax(longest, m_since.nsecsElapsed() / 1'000'000);
            m_since.start();
            const qint64 now = processorTime();
            busiest = qMax(busiest, now - std::exchange(m_processorTime, now));
        });
    }
    void start()
    {
        longest = busiest = 0;
        m_processorTime = processorTime();
        m_since.start();
        m_timer.start(1);
    }
    qint64 longest = 0;
    qint64 busiest = 0;

private:
    /// Of this thread.
    static qint64 processorTime()
    {
        timespec time = {};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
    }

    qint64 m_processorTime = 0;
    QTimer m_timer;
    QElapsedTimer m_since;
};
