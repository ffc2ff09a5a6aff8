// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/backgroundhasher.h"
#include "core/layout/fileslice.h"
#include "core/oci/descriptor.h"
#include "core/transfer/blobcontent.h"

namespace Longshore {

/// A blob that lies in a file among others, and is uploaded from there. Read with constant memory,
/// and hashed on its way: bytes that are not those of its digest end the upload before the last one
/// of them, with an Error of kind DigestMismatch.
class SliceContent final : public BlobContent
{
public:
    /// Reads nothing. An Error of kind SizeMismatch when the slice has another size than \a blob,
    /// DigestMismatch when that shows without reading, Unsupported when there is no way to check
    /// such a digest.
    [[nodiscard]] static Result<std::shared_ptr<SliceContent>> open(const Descriptor &blob,
                                                                    const FileSlice &slice);

private:
    SliceContent(const Digest &digest, const FileSlice &slice);
    /// Goes to \a offset; what is before it and was not read last is read again, for the hash.
    [[nodiscard]] Result<Done> seek(qint64 offset) override;
    [[nodiscard]] Result<qint64> read(char *data, qint64 maximum) override;
    [[nodiscard]] Error wrongBytes() const;

    const FileSlice m_slice;
    BackgroundHasher m_hasher; ///< Of everything before the position.
    qint64 m_position = 0;
};

} // namespace Longshore
