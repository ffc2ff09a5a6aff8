// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/safefile.h"
#include "core/base/workerjob.h"
#include "core/layers/layerreader.h"
#include "core/oci/digest.h"

namespace Longshore {

/// What an archive shall hold under one name.
struct ArchiveEntry
{
    QByteArray name; ///< Ends in "/" for a folder.
    QByteArray bytes = {}; ///< The content, unless a file has it.
    QString file = {}; ///< That has the content; empty for none.
    LayerReader::Form form = LayerReader::Form::AsStored; ///< Of the content of that file.
    qint64 size = 0; ///< Of the content of that file, in bytes.
    std::optional<Digest> digest = {}; ///< What the content of that file must hash to.
};

/// Writes a tar of exactly these entries, in their order; the same entries give the same bytes. What
/// comes from files is checked once more while it is written, and the archive has its name only when
/// all of it is right.
///
/// Blocks, so it belongs into a worker. Fails with DigestMismatch and SizeMismatch for files that are
/// not what they should be, else as LayerReader and SafeFile.
[[nodiscard]] Result<Done> writeArchive(const QString &path, const QList<ArchiveEntry> &entries,
                                        SafeFile::Existing existing, const CancelFlag &cancelled);

} // namespace Longshore
