// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

namespace Longshore {

/// Where the body of a request comes from: begun once for each attempt, then read in order.
///
/// Both are called in the thread that sends the body, never at the same time.
class ByteSource
{
public:
    ByteSource() = default;
    virtual ~ByteSource() = default;
    Q_DISABLE_COPY_MOVE(ByteSource)

    /// In bytes; never changes.
    [[nodiscard]] virtual qint64 size() const = 0;
    /// The body is sent from its first byte, for the first time or once more.
    virtual Result<Done> begin() = 0;
    /// Reads at least one byte and at most \a maximum. An error ends the request in the middle of
    /// its body, so that the other side never takes it for whole.
    virtual Result<qint64> read(char *data, qint64 maximum) = 0;
};

} // namespace Longshore
