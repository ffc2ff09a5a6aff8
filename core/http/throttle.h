// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/ratelimit.h"

#include <QTimer>

#include <memory>

namespace Longshore {

/// Holds one request back, where a limit says so.
class Throttle final : public QObject
{
    Q_OBJECT

public:
    /// Nothing is held back before setLimit().
    explicit Throttle(QObject *parent = nullptr);

    /// From now on.
    void setLimit(std::shared_ptr<RateLimit> limit) { m_limit = std::move(limit); }

    /// How many of \a wanted bytes may travel now. When it is none, refilled() comes.
    [[nodiscard]] qint64 take(qint64 wanted);
    /// Whether it has held anything back since somebody asked last.
    [[nodiscard]] bool hasHeldBack() { return std::exchange(m_hasHeldBack, false); }

signals:
    /// It is worth asking again.
    void refilled();

private:
    std::shared_ptr<RateLimit> m_limit;
    QTimer m_timer;
    bool m_hasHeldBack = false;
};

} // namespace Longshore
