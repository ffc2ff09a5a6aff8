// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mailbox.h"
#include "core/base/resultjob.h"
#include "core/cleanup/backupfolder.h"

namespace Longshore {

/// What became of a backup that was to be removed.
struct BackupRemoval
{
    QString folder; ///< As it was given.
    std::optional<Error> error = {}; ///< Why it is still there.
};

/// Removes backups as removeBackup() does, in a worker; those that an unfinished run of the journal
/// needs are refused as Policy. Fails as RunJournal::runs(), before anything is removed. Progress
/// counts backups; what was cancelled leaves the rest.
class RemoveBackupsJob final : public ResultJob<QList<BackupRemoval>>
{
    Q_OBJECT

public:
    /// All of \a folders are in \a place. A null \a journal needs none of them.
    RemoveBackupsJob(const QString &place, const QStringList &folders,
                     std::shared_ptr<RunJournal> journal, QObject *parent = nullptr);

private:
    void doStart() override;
    void remove(const QList<JournalRun> &runs);

    const QString m_place;
    const QStringList m_folders;
    const std::shared_ptr<RunJournal> m_journal;
    Mailbox m_mailbox; ///< For the progress.
};

} // namespace Longshore
