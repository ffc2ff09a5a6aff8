// SPDX-License-Identifier: Apache-2.0
#include "core/session/checkedsink.h"

#include <QCoreApplication>

namespace Longshore {

CheckedSink::CheckedSink(const Descriptor &blob, std::shared_ptr<ByteSink> sink)
    : m_check(blob.digest, blob.size), m_sink(std::move(sink))
{}

Result<Done> CheckedSink::begin(qint64 offset, qint64 total)
{
    if (auto possible = m_check.isPossible(); !possible)
        return possible;
    if (offset != 0)
        return Error{Error::Kind::Protocol,
                     QCoreApplication::translate(
                         "CheckedSink", "The server sent a part only of what was asked for.")};
    if (auto announced = m_check.hasSize(total); !announced)
        return announced;
    m_check.restart(); // Of an attempt before this one nothing counts.
    m_position = 0;
    return m_sink->begin(offset, total);
}

Result<Done> CheckedSink::write(QByteArrayView bytes)
{
    m_position += bytes.size();
    if (auto fits = m_check.mayHold(m_position); !fits)
        return fits;
    m_check.add(bytes);
    return m_sink->write(bytes);
}

Result<Done> CheckedSink::finish()
{
    if (auto checked = m_check.finish(m_position); !checked)
        return checked;
    return m_sink->finish();
}

} // namespace Longshore
