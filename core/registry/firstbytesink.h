// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesink.h"
#include "core/base/error.h"

#include <atomic>

namespace Longshore {

/// Remembers where a body begins, and takes none of it.
class FirstByteSink final : public ByteSink
{
public:
    Result<Done> begin(qint64 offset, qint64) override
    {
        m_offset = offset;
        return Error{Error::Kind::Cancelled, {}};
    }
    Result<Done> write(QByteArrayView) override { return Done(); }
    Result<Done> finish() override { return Done(); }
    /// Of the whole; -1 when no body began.
    [[nodiscard]] qint64 offset() const { return m_offset; }

private:
    std::atomic<qint64> m_offset = -1; // Set in the network thread.
};

} // namespace Longshore
