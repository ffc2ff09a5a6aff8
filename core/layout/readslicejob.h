// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesink.h"
#include "core/base/mailbox.h"
#include "core/base/resultjob.h"
#include "core/layout/fileslice.h"

#include <functional>

namespace Longshore {

/// Streams a part of a file into a sink, in a worker. Fails as opening and reading it, and as the
/// sink does; as InvalidInput when the offset lies behind the end. Progress is in bytes of what is
/// read.
class ReadSliceJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// Opens what is to be read, in the worker.
    using Open = std::function<Result<FileSlice>()>;

    /// \a offset is in bytes.
    ReadSliceJob(Open open, std::shared_ptr<ByteSink> sink, qint64 offset,
                 QObject *parent = nullptr);

private:
    void doStart() override;

    const Open m_open;
    const std::shared_ptr<ByteSink> m_sink;
    const qint64 m_offset;
    Mailbox m_mailbox; ///< For the progress.
};

} // namespace Longshore
