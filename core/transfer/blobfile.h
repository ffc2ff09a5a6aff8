// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesink.h"
#include "core/base/safefile.h"
#include "core/base/workerjob.h"
#include "core/oci/blobcheck.h"
#include "core/transfer/departure.h"

#include <atomic>
#include <memory>

namespace Longshore {

/// Takes a blob to disk and checks it on the way: the file gets its name only when size and
/// digest are right.
///
/// A broken stream can be continued: begin() says where the next one starts. Errors are of kind
/// SizeMismatch, DigestMismatch, Protocol when a part comes that nobody asked for, and LocalFile.
class BlobFile final : public ByteSink
{
public:
    /// What becomes of a part whose rest did not come.
    enum class Part {
        Discard,
        Keep, ///< It stays, and the next BlobFile of the same path and digest goes on with it.
    };

    /// \a size is in bytes, and -1 when nobody has named it. Touches nothing before open().
    BlobFile(const QString &path, const Digest &digest, qint64 size, SafeFile::Existing existing,
             Part part = Part::Discard);

    /// Creates the part file, or reads the one that was kept, once those have let go of it that leave();
    /// for a worker. The rest happens in the
    /// thread that reads the stream. An Error of kind Unsupported when there is no way to check such a
    /// digest, Cancelled.
    [[nodiscard]] Result<Done> open(const CancelFlag &cancelled = false);

    Result<Done> begin(qint64 offset, qint64 total) override;
    Result<Done> write(QByteArrayView bytes) override;
    Result<Done> finish() override;

    /// Throws away what has arrived, and begins again.
    [[nodiscard]] Result<Done> restart();
    /// Nobody wants the file any more, although another thread may still have it: the next one of the
    /// same path and digest waits for its end.
    void leave();
    /// Throws away what has arrived, for good.
    void discard() { m_file.discard(); }
    /// Bytes that the disk must still have for a blob of \a size bytes: what was kept of it has its own.
    [[nodiscard]] static qint64 roomFor(const QString &path, const Digest &digest, qint64 size);
    /// Removes the part that was kept of a blob, unless somebody writes it now.
    static void removePart(const QString &path, const Digest &digest);
    /// Removes all that were kept in \a folder of files whose names \a isMeant takes, given what the
    /// encoded part of the digest begins with.
    static void removePartsIn(
        const QString &folder,
        const std::function<bool(const QString &name, const QString &beginning)> &isMeant);
    /// Bytes that have arrived in order. Safe to ask from any thread.
    [[nodiscard]] qint64 position() const noexcept { return m_position; }
    /// Whether something that had arrived was thrown away. Safe to ask from any thread.
    [[nodiscard]] bool hasStartedOver() const noexcept { return m_hasStartedOver; }
    /// As announced, in bytes; -1 when nobody has named it.
    [[nodiscard]] qint64 size() const noexcept { return m_size; }
    /// Bytes of the whole: as announced, else as the last stream has named them, else -1. Safe to
    /// ask from any thread.
    [[nodiscard]] qint64 total() const noexcept { return m_total; }

private:
    [[nodiscard]] Result<Done> openKept(const CancelFlag &cancelled);

    std::unique_ptr<Departure> m_departure; // Goes after the file.
    SafeFile m_file;
    const Digest m_digest;
    const qint64 m_size;
    const Part m_part;
    BlobCheck m_check;
    std::atomic<qint64> m_position = 0;
    std::atomic<qint64> m_total;
    std::atomic<bool> m_hasStartedOver = false;
};

} // namespace Longshore
