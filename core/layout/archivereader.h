// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/fileslice.h"

#include <QByteArrayView>

struct archive;

namespace Longshore {

/// libarchive, reading a part of a file. It never touches the disk otherwise.
class ArchiveReader
{
public:
    /// \a slice is read from its start, once.
    explicit ArchiveReader(const FileSlice &slice);
    ~ArchiveReader();
    Q_DISABLE_COPY_MOVE(ArchiveReader)

    /// @{
    /// Prepares for a tar archive that is not compressed, or for one stream that is. An Error of
    /// kind LocalFile when it is no such thing, or cannot be read.
    [[nodiscard]] Result<Done> openTar();
    [[nodiscard]] Result<Done> openZstd();
    /// @}
    /// Of libarchive's functions.
    [[nodiscard]] archive *handle() const noexcept { return m_archive; }
    /// Why the last call of one of them failed.
    [[nodiscard]] Error failure() const;

private:
    friend struct ArchiveCallbacks;

    [[nodiscard]] Result<Done> open();

    const FileSlice m_slice;
    archive *const m_archive;
    QByteArray m_piece;
    qint64 m_position = 0;
    std::optional<Error> m_readError;
};

} // namespace Longshore
