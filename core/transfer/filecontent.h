// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"
#include "core/transfer/blobcontent.h"

#include <QFile>

namespace Longshore {

/// What tells one state of a file from another without reading it.
struct FileStamp
{
    qint64 size = 0; ///< In bytes.
    qint64 modified = 0; ///< In nanoseconds where the system counts them.
    quint64 node = 0; ///< Of the file system; another one after the file was replaced.

    friend bool operator==(const FileStamp &, const FileStamp &) = default;
};

/// A file that is uploaded as a blob. Read with constant memory, and hashed a second time while it
/// is sent: a file that is no longer what it was when its digest was made ends the upload before
/// its last byte.
class FileContent final : public BlobContent, public std::enable_shared_from_this<FileContent>
{
public:
    /// Opens the file and makes its digest, which takes as long as reading it. Regular files only.
    [[nodiscard]] static Result<std::shared_ptr<FileContent>> open(const QString &path,
                                                                   const CancelFlag &cancelled);

    [[nodiscard]] std::shared_ptr<ByteSource> part(qint64 offset, qint64 size) override;

private:
    class Part;

    FileContent(std::unique_ptr<QFile> file, const Digest &digest, const FileStamp &stamp);
    /// Goes to \a offset; what is before it and was not read last is read again, for the hash.
    [[nodiscard]] Result<Done> seek(qint64 offset);
    [[nodiscard]] Result<qint64> read(char *data, qint64 maximum);
    [[nodiscard]] Result<Done> checkWhole();
    [[nodiscard]] Error changed() const;

    std::unique_ptr<QFile> m_file;
    const FileStamp m_stamp;
    Hasher m_hasher; ///< Of everything before the position.
    qint64 m_position = 0;
};

} // namespace Longshore
