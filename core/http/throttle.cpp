// SPDX-License-Identifier: Apache-2.0
#include "core/http/throttle.h"

namespace Longshore {

Throttle::Throttle(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(RateLimit::pause);
    connect(&m_timer, &QTimer::timeout, this, &Throttle::refilled);
}

qint64 Throttle::take(qint64 wanted)
{
    const qint64 taken = m_limit ? m_limit->take(wanted) : wanted;
    m_hasHeldBack = m_hasHeldBack || taken < wanted;
    if (taken == 0 && wanted > 0 && !m_timer.isActive())
        m_timer.start();
    return taken;
}

} // namespace Longshore
