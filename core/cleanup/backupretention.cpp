// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/backupretention.h"

namespace Longshore {

QList<StoredBackup> expiredBackups(const QList<StoredBackup> &backups,
                                   const BackupRetention &retention, const QDateTime &now)
{
    QList<StoredBackup> expired;
    qint64 total = 0;
    for (qsizetype place = 0; place < backups.size(); ++place) {
        const StoredBackup &backup = backups.at(place);
        const bool isRecent = place == 0 || backup.taken > now.addDays(-1);
        if (isRecent || backup.isNeeded || !backup.record)
            continue; // Nor does it count: for what stays anyway no other would have to go.
        const bool isTooOld = retention.days > 0 && backup.taken < now.addDays(-retention.days);
        const bool isTooMuch = retention.bytes > 0 && total + backup.bytes > retention.bytes;
        if (isTooOld || isTooMuch)
            expired.prepend(backup);
        else
            total += backup.bytes;
    }
    return expired;
}

} // namespace Longshore
