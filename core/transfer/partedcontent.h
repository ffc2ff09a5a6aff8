// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesource.h"

#include <memory>

namespace Longshore {

/// Bytes that are uploaded, wherever they are. Their parts are read one at a time.
class PartedContent : public std::enable_shared_from_this<PartedContent>
{
public:
    /// \a size is in bytes.
    explicit PartedContent(qint64 size) : m_size(size) {}
    virtual ~PartedContent() = default;
    Q_DISABLE_COPY_MOVE(PartedContent)

    [[nodiscard]] qint64 size() const noexcept { return m_size; } ///< In bytes.
    /// The \a size bytes from \a offset on. Keeps the content alive. What its reading may fail with
    /// is up to the content.
    [[nodiscard]] std::shared_ptr<ByteSource> part(qint64 offset, qint64 size);

protected:
    /// The next read() begins at \a offset.
    [[nodiscard]] virtual Result<Done> seek(qint64 offset) = 0;
    /// As ByteSource::read(), and on from there.
    [[nodiscard]] virtual Result<qint64> read(char *data, qint64 maximum) = 0;

private:
    class Part;

    const qint64 m_size;
};

} // namespace Longshore
