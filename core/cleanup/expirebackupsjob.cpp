// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/expirebackupsjob.h"

#include "core/cleanup/listbackupsjob.h"

namespace Longshore {

ExpireBackupsJob::ExpireBackupsJob(const QString &place, const BackupRetention &retention,
                                   std::shared_ptr<RunJournal> journal, QObject *parent)
    : ResultJob(parent), m_place(place), m_retention(retention), m_journal(std::move(journal))
{}

void ExpireBackupsJob::doStart()
{
    runChild(new ListBackupsJob(m_place, m_journal),
             [this](const Result<QList<StoredBackup>> &backups) {
                 if (!backups)
                     return fail(backups.error());
                 remove(*backups);
             });
}

void ExpireBackupsJob::remove(const QList<StoredBackup> &backups)
{
    QStringList folders;
    const QList<StoredBackup> expired =
        expiredBackups(backups, m_retention, QDateTime::currentDateTimeUtc());
    for (const StoredBackup &backup : expired)
        folders.append(backup.folder);
    runChild(new RemoveBackupsJob(m_place, folders, m_journal),
             [this](const Result<QList<BackupRemoval>> &removals) {
                 if (!removals)
                     return fail(removals.error());
                 succeed(*removals);
             });
}

} // namespace Longshore
