// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>

namespace Longshore {

/// Where a stream of bytes goes: begun once for each attempt, written in order, finished once.
///
/// All three are called in the thread that reads the stream, never at the same time.
class ByteSink
{
public:
    ByteSink() = default;
    virtual ~ByteSink() = default;
    Q_DISABLE_COPY_MOVE(ByteSink)

    /// The stream will start at \a offset of the whole; \a total is the size of the whole,
    /// or -1 while nobody has named it. An error ends the stream.
    virtual Result<Done> begin(qint64 offset, qint64 total) = 0;
    /// The next \a bytes of the stream. An error ends it; there is no finish() then.
    virtual Result<Done> write(QByteArrayView bytes) = 0;
    /// Nothing more comes; checks and closes. An error means that the bytes are worth nothing.
    virtual Result<Done> finish() = 0;
};

} // namespace Longshore
