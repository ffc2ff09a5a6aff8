// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/imageparts.h"

namespace Longshore {

/// Writes an image into a folder as skopeo's "dir:" does: files named after the digests of blobs, the
/// manifest as manifest.json, and those that an index consists of beside it. containers-transports(5).
///
/// Blocks on the disk, so it belongs into a worker. Every file is complete under its name or not there;
/// manifest.json comes last. Every Error is of kind LocalFile.
class DirectoryWriter
{
public:
    /// Touches nothing before open().
    DirectoryWriter(const QString &folder, const ImageParts &parts)
        : m_folder(folder), m_parts(parts)
    {}

    /// Makes the folder, or goes on with one of the same image, finished or not. Refuses a folder that
    /// holds anything else.
    [[nodiscard]] Result<Done> open();
    /// Where a blob is, or shall be.
    [[nodiscard]] QString blobPath(const Digest &digest) const;
    /// Writes every manifest, and with them the folder holds the image.
    [[nodiscard]] Result<Done> finish();

    /// As it was given.
    [[nodiscard]] const QString &folder() const noexcept { return m_folder; }

private:
    [[nodiscard]] Result<Done> checkContent() const;

    QString m_folder;
    ImageParts m_parts;
};

} // namespace Longshore
