// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/listbackupsjob.h"

namespace Longshore {

ListBackupsJob::ListBackupsJob(const QString &place, std::shared_ptr<RunJournal> journal,
                               QObject *parent)
    : ResultJob(parent), m_place(place), m_journal(std::move(journal))
{}

void ListBackupsJob::doStart()
{
    if (!m_journal)
        return list({});
    runChild(m_journal->runs(), [this](const Result<QList<JournalRun>> &runs) {
        if (!runs)
            return fail(runs.error());
        list(*runs);
    });
}

void ListBackupsJob::list(const QList<JournalRun> &runs)
{
    auto *worker =
        new WorkerJob<QList<StoredBackup>>([place = m_place, runs](const CancelFlag &cancelled) {
            return listBackups(place, runs, cancelled);
        });
    runChild(worker, [this](const Result<QList<StoredBackup>> &backups) {
        if (!backups)
            return fail(backups.error());
        succeed(*backups);
    });
}

} // namespace Longshore
