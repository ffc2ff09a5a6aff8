// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/backgroundhasher.h"
#include "core/base/result.h"
#include "core/oci/digest.h"

namespace Longshore {

/// Checks bytes that come in order against the digest and the size of a blob. OCI image-spec,
/// descriptor.md, "Digests" and "Verification".
class BlobCheck
{
public:
    /// \a size is in bytes, and -1 when nobody has named it.
    BlobCheck(const Digest &digest, qint64 size);

    /// An Error of kind Unsupported when there is no way to check such a digest.
    [[nodiscard]] Result<Done> isPossible() const;
    /// An Error of kind SizeMismatch when a blob of \a size bytes is another one; below 0
    /// it is not known yet.
    [[nodiscard]] Result<Done> hasSize(qint64 size) const;
    /// An Error of kind SizeMismatch when there are more bytes than the blob has, \a count in all.
    [[nodiscard]] Result<Done> mayHold(qint64 count) const;

    /// Begins anew, with nothing.
    void restart() { m_hasher.restart(); }
    /// Goes on with \a bytes.
    void add(QByteArrayView bytes) { m_hasher.add(bytes); }
    /// Whether what came, \a size bytes, is the blob: an Error of kind SizeMismatch or
    /// DigestMismatch when not. Then only restart() may follow.
    [[nodiscard]] Result<Done> finish(qint64 size);

private:
    Digest m_digest;
    qint64 m_size;
    BackgroundHasher m_hasher;
};

} // namespace Longshore
