// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesource.h"
#include "core/oci/digest.h"

#include <memory>

namespace Longshore {

/// The bytes of a blob that is to be uploaded, wherever they are. Its parts are read one at a time.
class BlobContent : public std::enable_shared_from_this<BlobContent>
{
public:
    /// \a size is in bytes. Both must be known before anything is sent.
    BlobContent(const Digest &digest, qint64 size) : m_digest(digest), m_size(size) {}
    virtual ~BlobContent() = default;
    Q_DISABLE_COPY_MOVE(BlobContent)

    /// What the registry shall know it by.
    [[nodiscard]] const Digest &digest() const noexcept { return m_digest; }
    [[nodiscard]] qint64 size() const noexcept { return m_size; } ///< In bytes.
    /// The \a size bytes from \a offset on. Keeps the content alive. What its reading may fail with
    /// is up to the content.
    [[nodiscard]] std::shared_ptr<ByteSource> part(qint64 offset, qint64 size);

protected:
    /// The next read() begins at \a offset of the blob.
    [[nodiscard]] virtual Result<Done> seek(qint64 offset) = 0;
    /// As ByteSource::read(), and on from there.
    [[nodiscard]] virtual Result<qint64> read(char *data, qint64 maximum) = 0;

private:
    class Part;

    const Digest m_digest;
    const qint64 m_size;
};

} // namespace Longshore
