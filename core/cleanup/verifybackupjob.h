// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mailbox.h"
#include "core/base/resultjob.h"
#include "core/cleanup/backupcheck.h"

namespace Longshore {

/// checkBackup() in a worker. Progress is in bytes. Fails as Cancelled alone.
class VerifyBackupJob final : public ResultJob<BackupCheck>
{
    Q_OBJECT

public:
    /// Of the backup in \a folder; it is only read.
    explicit VerifyBackupJob(const QString &folder, QObject *parent = nullptr);

private:
    void doStart() override;

    const QString m_folder;
    Mailbox m_mailbox; ///< For the progress.
};

} // namespace Longshore
