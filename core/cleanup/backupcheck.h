// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/backup.h"

#include <QStringList>

#include <functional>

namespace Longshore {

/// What a look at every byte of a backup has shown.
struct BackupCheck
{
    qsizetype blobs = 0; ///< Files that were read.
    qint64 bytes = 0; ///< In them.
    QStringList problems = {}; ///< Everything that is wrong, in sentences; none when it is whole.
};

/// Reads all of a backup: its record, its image layout, and each blob against its digest. Nothing that
/// is wrong keeps the rest from being looked at. Blocks on the disk. Fails as Cancelled alone.
///
/// \a report gets the bytes that were read, and those that there are.
[[nodiscard]] Result<BackupCheck>
checkBackup(const QString &folder, const std::function<void(qint64 done, qint64 total)> &report,
            const CancelFlag &cancelled);

} // namespace Longshore
