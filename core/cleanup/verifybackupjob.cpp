// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/verifybackupjob.h"

namespace Longshore {

VerifyBackupJob::VerifyBackupJob(const QString &folder, QObject *parent)
    : ResultJob(parent), m_folder(folder)
{}

void VerifyBackupJob::doStart()
{
    // `this` is only used from the mailbox, which dies with the job.
    const auto report = [this, home = m_mailbox.address()](qint64 done, qint64 total) {
        home.post([this, done, total] {
            if (isRunning())
                emit progressChanged(done, total);
        });
    };
    auto *worker =
        new WorkerJob<BackupCheck>([folder = m_folder, report](const CancelFlag &cancelled) {
            return checkBackup(folder, report, cancelled);
        });
    runChild(worker, [this](const Result<BackupCheck> &check) {
        if (!check)
            return fail(check.error());
        succeed(*check);
    });
}

} // namespace Longshore
