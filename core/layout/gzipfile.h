// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/fileslice.h"
#include "core/oci/digest.h"

#include <memory>

namespace Longshore {

/// Compresses bytes into a private temporary file, and hashes both sides. Nothing in it tells when, or
/// on what system, it was written. RFC 1952.
class GzipFile
{
public:
    GzipFile();
    ~GzipFile();
    Q_DISABLE_COPY_MOVE(GzipFile)

    /// Makes the file, which goes with its last user. An Error of kind LocalFile when it cannot.
    [[nodiscard]] Result<Done> open();
    /// Goes on with \a bytes. An Error of kind LocalFile when the disk is full.
    [[nodiscard]] Result<Done> add(QByteArrayView bytes);
    /// Ends the stream; what has been written. \a name is what messages call it. Nothing can be added
    /// afterwards.
    [[nodiscard]] Result<FileSlice> finish(const QString &name);

    /// @{
    /// Of what is in the file, and of what was added; once, after finish().
    [[nodiscard]] Digest digest();
    [[nodiscard]] Digest contentDigest();
    /// @}

private:
    struct Stream;

    [[nodiscard]] Result<Done> deflate(int flush);

    std::unique_ptr<Stream> m_stream;
    std::unique_ptr<QFile> m_file;
    Hasher m_content;
    Hasher m_written;
};

} // namespace Longshore
