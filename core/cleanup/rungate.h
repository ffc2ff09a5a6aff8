// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <utility>

namespace Longshore {

/// Where a run waits between two of its items for as long as somebody has it paused.
class RunGate
{
public:
    /// From the next item on everything waits.
    void close() { m_isClosed = true; }
    /// What waits goes on.
    void open()
    {
        m_isClosed = false;
        if (const auto next = std::exchange(m_next, nullptr))
            next();
    }
    /// Whether somebody has it paused.
    [[nodiscard]] bool isClosed() const { return m_isClosed; }
    /// Whether the run has to wait here; \a next is what it goes on with then.
    [[nodiscard]] bool holds(std::function<void()> next)
    {
        if (m_isClosed)
            m_next = std::move(next);
        return m_isClosed;
    }
    /// Whether something has waited, which will not go on any more.
    [[nodiscard]] bool abandon() { return std::exchange(m_next, nullptr) != nullptr; }

private:
    bool m_isClosed = false;
    std::function<void()> m_next;
};

} // namespace Longshore
