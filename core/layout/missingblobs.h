// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"

#include <QByteArray>
#include <QList>

namespace Longshore {

/// The file in a layout that tells people and programs what it depends on: blobs that were left out,
/// because an earlier export holds them. Nobody needs to believe it: what is there can be looked at.
inline constexpr QLatin1StringView missingBlobsFile("missing-blobs.json");

/// The content of such a file, the same for the same blobs.
[[nodiscard]] QByteArray missingBlobsToJson(const QList<Descriptor> &blobs);
/// What such a file lists. An Error of kind Protocol or TooLarge for one that lists anything else.
[[nodiscard]] Result<QList<Descriptor>> missingBlobsFromJson(const QByteArray &json);
/// What that of the layout in \a folder lists; nothing where there is no such file. Fails the same way,
/// and with LocalFile where it is no regular file or cannot be read.
[[nodiscard]] Result<QList<Descriptor>> readMissingBlobs(const QString &folder);

} // namespace Longshore
