// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/backupretention.h"
#include "core/cleanup/removebackupsjob.h"

namespace Longshore {

/// Removes the backups of a folder that are not to be kept any longer: expiredBackups(). Fails as
/// ListBackupsJob and RemoveBackupsJob.
class ExpireBackupsJob final : public ResultJob<QList<BackupRemoval>>
{
    Q_OBJECT

public:
    /// Without a journal nobody knows what is needed: \a journal is not null.
    ExpireBackupsJob(const QString &place, const BackupRetention &retention,
                     std::shared_ptr<RunJournal> journal, QObject *parent = nullptr);

private:
    void doStart() override;
    void remove(const QList<StoredBackup> &backups);

    const QString m_place;
    const BackupRetention m_retention;
    const std::shared_ptr<RunJournal> m_journal;
};

} // namespace Longshore
