// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>

#include <chrono>

namespace Longshore::Ui {

/// How long something has gone on, without the time in which it was paused.
class RunClock
{
public:
    void start()
    {
        m_before = {};
        m_current.start();
    }
    void pause()
    {
        m_before = elapsed();
        m_current.invalidate();
    }
    void resume() { m_current.start(); }
    [[nodiscard]] bool isRunning() const { return m_current.isValid(); }
    [[nodiscard]] std::chrono::nanoseconds elapsed() const
    {
        return isRunning() ? m_before + std::chrono::nanoseconds(m_current.nsecsElapsed())
                           : m_before;
    }

private:
    std::chrono::nanoseconds m_before{0}; ///< Until the last pause.
    QElapsedTimer m_current; ///< Since then.
};

} // namespace Longshore::Ui
