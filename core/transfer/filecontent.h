// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/backgroundhasher.h"
#include "core/base/workerjob.h"
#include "core/transfer/blobcontent.h"
#include "core/transfer/filereading.h"

namespace Longshore {

/// A file that is uploaded as a blob. Read with constant memory. A file that is no longer what it
/// was when its digest was made ends the upload before its last byte: with an Error of kind
/// Changed, or DigestMismatch when it never had the digest that somebody named.
///
/// Whether it is still the same tells its stamp. Where that is not enough, the file is hashed on
/// its way too: when the digest came from elsewhere; when it had been written so shortly before it
/// was hashed that the next change could bear the same time; and when anything is sent a second
/// time, because the first may have failed over what the stamp did not tell.
class FileContent final : public BlobContent
{
public:
    /// Opens the file and makes its digest, which takes as long as reading it: for a worker. Two
    /// changes within a \a tick may bear the same time. An Error of kind LocalFile when the file
    /// cannot be read or is no regular one, Changed, or Cancelled.
    [[nodiscard]] static Result<std::shared_ptr<FileContent>>
    open(const QString &path, const CancelFlag &cancelled,
         std::chrono::nanoseconds tick = FileStamp::longestTick);
    /// Opens a file that shall have \a digest, without reading it. An Error of kind LocalFile;
    /// Unsupported when there is no way to check such a digest.
    [[nodiscard]] static Result<std::shared_ptr<FileContent>> openAs(const Digest &digest,
                                                                     const QString &path);

    /// Of the file when it was opened.
    [[nodiscard]] const FileStamp &stamp() const noexcept { return m_stamp; }

private:
    enum class Proof {
        Stamp,
        Hash, ///< As well; and the digest is that of the file as it was.
        HashForOthers, ///< The digest is what somebody said.
    };

    FileContent(std::unique_ptr<QFile> file, const Digest &digest, const FileStamp &stamp,
                Proof proof);
    /// Goes to \a offset; what is before it and was not read last is read again, for the hash.
    [[nodiscard]] Result<Done> seek(qint64 offset) override;
    [[nodiscard]] Result<qint64> read(char *data, qint64 maximum) override;
    [[nodiscard]] Result<Done> checkWhole();
    [[nodiscard]] Error wrongBytes() const;

    std::unique_ptr<QFile> m_file;
    const FileStamp m_stamp;
    Proof m_proof;
    BackgroundHasher m_hasher; ///< Of everything before the position, where there is to be a hash.
    qint64 m_position = 0;
    qint64 m_readTo = 0; ///< The furthest position ever.
};

} // namespace Longshore
