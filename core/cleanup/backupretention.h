// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/backupfolder.h"

namespace Longshore {

/// How long backups are kept.
struct BackupRetention
{
    int days = 90; ///< 0 for ever.
    qint64 bytes = 2LL * 1024 * 1024 * 1024; ///< Of all that may go; 0 for any number.

    friend bool operator==(const BackupRetention &, const BackupRetention &) = default;
};

/// Those of \a backups, the newest of which is the first, that are not to be kept any longer: too old,
/// or beyond what all may take, the oldest first.
///
/// Never the newest of all, nor one of the last 24 hours, nor what an unfinished run needs, nor what
/// cannot be read: whoever put that there should look at it. These do not count for what all may take.
[[nodiscard]] QList<StoredBackup> expiredBackups(const QList<StoredBackup> &backups,
                                                 const BackupRetention &retention,
                                                 const QDateTime &now);

} // namespace Longshore
