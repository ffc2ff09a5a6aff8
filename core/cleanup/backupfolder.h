// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/backup.h"
#include "core/cleanup/runjournal.h"

namespace Longshore {

/// A backup as it lies on the disk, as far as its record tells.
struct StoredBackup
{
    QString folder; ///< From the root.
    qint64 bytes = 0; ///< Of all its files.
    QDateTime taken = {}; ///< When it was written; in UTC.
    /// What it is of, without its manifests and without the tags that were to stay; nothing when
    /// that cannot be read.
    std::optional<Backup> record = {};
    std::optional<Error> error = {}; ///< Why there is no record.
    qint64 run = 0; ///< The run of the journal that made it; 0 when that is forgotten.
    /// A run that has no end would need it to go on, or to go back.
    bool isNeeded = false;
};

/// The backups in the folder \a place, the newest first, with what \a runs have to do with them.
/// What is no backup is left out; a folder that is not there holds none. What a removal that broke
/// off has left is removed; what of it cannot be is listed with an error. Blocks on the disk. Fails
/// as Cancelled alone.
[[nodiscard]] Result<QList<StoredBackup>>
listBackups(const QString &place, const QList<JournalRun> &runs, const CancelFlag &cancelled);

/// Whether a run among these that has no end names that backup.
[[nodiscard]] bool isNeeded(const QString &folder, const QList<JournalRun> &runs);

/// Removes the backup \a folder, which lies in \a place. Blocks on the disk.
///
/// It gets another name first, so that nobody takes it for a backup when only a part of it is gone.
/// An Error of kind Policy for everything that is not, as a whole, a backup in that place: nothing
/// of it is removed then, and no link is followed. LocalFile when something cannot be removed; the
/// rest is listed under its new name, and can be removed later.
[[nodiscard]] Result<Done> removeBackup(const QString &place, const QString &folder);

} // namespace Longshore
