// SPDX-License-Identifier: Apache-2.0
#include "core/http/bodydevice.h"

#include "core/http/throttle.h"

namespace Longshore {

BodyDevice::BodyDevice(std::shared_ptr<ByteSource> source, QObject *parent)
    : QIODevice(parent), m_source(std::move(source)), m_total(m_source->size())
{}

Result<Done> BodyDevice::begin()
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    return m_source->begin();
}

void BodyDevice::setThrottle(Throttle *throttle)
{
    m_throttle = throttle;
    connect(throttle, &Throttle::refilled, this, &QIODevice::readyRead);
}

qint64 BodyDevice::readData(char *data, qint64 maximum)
{
    emit asked();
    const qint64 wanted = qMin(maximum, m_total - m_position);
    if (wanted <= 0)
        return -1;
    if (m_failure)
        return 0; // As if it came later: whoever hears of the failure ends the request.
    const qint64 allowed = m_throttle ? m_throttle->take(wanted) : wanted;
    if (allowed == 0)
        return 0; // More comes with readyRead().
    const auto count = m_source->read(data, allowed);
    if (!count) {
        m_failure = count.error();
        emit failed();
        return 0;
    }
    m_position += *count;
    emit advanced();
    return *count;
}

qint64 BodyDevice::writeData(const char *, qint64)
{
    return -1;
}

} // namespace Longshore
