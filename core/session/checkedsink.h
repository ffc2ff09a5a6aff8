// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesink.h"
#include "core/oci/blobcheck.h"
#include "core/oci/descriptor.h"

#include <memory>

namespace Longshore {

/// Hands a whole blob on to another sink, and finishes that one only when size and digest are
/// right. Errors are of kind SizeMismatch, DigestMismatch, Unsupported when there is no way to
/// check such a digest, Protocol when the stream begins in the middle, and those of the other.
class CheckedSink final : public ByteSink
{
public:
    /// A size below 0 is one that nobody has named.
    CheckedSink(const Descriptor &blob, std::shared_ptr<ByteSink> sink);

    Result<Done> begin(qint64 offset, qint64 total) override;
    Result<Done> write(QByteArrayView bytes) override;
    Result<Done> finish() override;

private:
    BlobCheck m_check;
    std::shared_ptr<ByteSink> m_sink;
    qint64 m_position = 0;
};

} // namespace Longshore
