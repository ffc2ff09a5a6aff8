// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/removebackupsjob.h"

#include "core/base/displaytext.h"

namespace Longshore {

using Removals = QList<BackupRemoval>;

RemoveBackupsJob::RemoveBackupsJob(const QString &place, const QStringList &folders,
                                   std::shared_ptr<RunJournal> journal, QObject *parent)
    : ResultJob(parent), m_place(place), m_folders(folders), m_journal(std::move(journal))
{}

void RemoveBackupsJob::doStart()
{
    if (!m_journal)
        return remove({});
    runChild(m_journal->runs(), [this](const Result<QList<JournalRun>> &runs) {
        if (!runs)
            return fail(runs.error());
        remove(*runs);
    });
}

static std::optional<Error> removeUnlessNeeded(const QString &place, const QString &folder,
                                               const QList<JournalRun> &runs)
{
    if (isNeeded(folder, runs))
        return Error{Error::Kind::Policy,
                     RemoveBackupsJob::tr("The backup %1 is needed by a run that is not finished.")
                         .arg(quotedPath(folder))};
    const auto removed = removeBackup(place, folder);
    return removed ? std::optional<Error>() : removed.error();
}

void RemoveBackupsJob::remove(const QList<JournalRun> &runs)
{
    // `this` is only used from the mailbox, which dies with the job.
    const auto report = [this, home = m_mailbox.address()](qint64 done, qint64 total) {
        home.post([this, done, total] {
            if (isRunning())
                emit progressChanged(done, total);
        });
    };
    auto *worker = new WorkerJob<Removals>([place = m_place, folders = m_folders, runs, report](
                                               const CancelFlag &cancelled) -> Result<Removals> {
        Removals removals;
        for (const QString &folder : folders) {
            if (cancelled)
                return Error::cancelled();
            removals.append({folder, removeUnlessNeeded(place, folder, runs)});
            report(removals.size(), folders.size());
        }
        return removals;
    });
    runChild(worker, [this](const Result<Removals> &removals) {
        if (!removals)
            return fail(removals.error());
        succeed(*removals);
    });
}

} // namespace Longshore
