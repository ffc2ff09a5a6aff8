// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QList>

namespace Longshore {

/// The sum of sizes in bytes; as large as a number can be when it is larger. Sizes are what somebody
/// else has written.
[[nodiscard]] qint64 totalSize(const QList<qint64> &sizes);

/// Whether \a folder, which is there, has room for \a needed bytes more: an Error of kind LocalFile
/// when it has not. Success where the file system does not tell. Blocks on the disk, so it belongs
/// into a worker.
[[nodiscard]] Result<Done> checkDiskRoom(const QString &folder, qint64 needed);

/// What is free somewhere.
struct DiskRoom
{
    QString folder; ///< One that is there.
    qint64 bytes = -1; ///< -1 where the file system does not tell.
};

/// The room for what shall be at \a path, in the nearest folder above it that is there already. Blocks
/// on the disk, too.
[[nodiscard]] DiskRoom diskRoomFor(const QString &path);

} // namespace Longshore
