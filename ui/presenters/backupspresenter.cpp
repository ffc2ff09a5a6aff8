// SPDX-License-Identifier: Apache-2.0
#include "ui/presenters/backupspresenter.h"

#include "core/cleanup/listbackupsjob.h"
#include "core/cleanup/verifybackupjob.h"
#include "ui/models/backuptablemodel.h"

namespace Longshore::Ui {

BackupsPresenter::BackupsPresenter(const QString &place, std::shared_ptr<RunJournal> journal,
                                   BackupTableModel &model, QObject *parent)
    : QObject(parent), m_place(place), m_journal(std::move(journal)), m_model(model)
{}

void BackupsPresenter::reload()
{
    if (m_reading)
        m_reading->cancel();
    auto *job = new ListBackupsJob(m_place, m_journal, this);
    m_reading = job;
    job->then(this, [this](const Result<QList<StoredBackup>> &backups) {
        if (backups)
            show(*backups);
        else if (!backups.error().isCancelled()) // By a later reload.
            emit failed(backups.error());
    });
    job->start();
}

static BackupRow::State stateOf(const StoredBackup &backup)
{
    if (!backup.record)
        return BackupRow::State::Damaged;
    return backup.isNeeded ? BackupRow::State::Needed : BackupRow::State::Unchecked;
}

static BackupRow rowOf(const StoredBackup &backup)
{
    BackupRow row{backup.folder, backup.taken};
    row.bytes = backup.bytes;
    row.run = backup.run;
    row.isNeeded = backup.isNeeded;
    row.state = stateOf(backup);
    if (backup.error)
        row.problem = backup.error->message;
    if (!backup.record)
        return row;
    row.registry = backup.record->host;
    row.repository = backup.record->repository.toString();
    row.images = backup.record->entries.size();
    for (const Backup::Entry &entry : backup.record->entries) {
        for (const Tag &tag : entry.tags)
            row.tags.append(tag.toString());
    }
    return row;
}

void BackupsPresenter::show(const QList<StoredBackup> &backups)
{
    QList<BackupRow> rows;
    for (const StoredBackup &backup : backups)
        rows.append(rowOf(backup));
    m_model.setRows(rows);
    for (const BackupRow &row : std::as_const(rows)) {
        const auto checked = m_problems.constFind(row.folder);
        if (checked != m_problems.cend() && row.state == BackupRow::State::Unchecked)
            m_model.setChecked(row.folder, *checked); // What it lacks by now counts for more.
    }
    emit loaded();
}

void BackupsPresenter::begin(Job *job)
{
    m_work = job;
    connect(job, &Job::progressChanged, this, &BackupsPresenter::progressed);
    emit progressed(0, -1);
    job->start();
}

void BackupsPresenter::verify(const QString &folder)
{
    if (isBusy())
        return;
    auto *job = new VerifyBackupJob(folder, this);
    job->then(this, [this, folder](const Result<BackupCheck> &check) {
        m_work.clear();
        if (!check)
            return emit workFailed(check.error());
        const QString problem = check->problems.join(QLatin1Char('\n'));
        m_problems.insert(folder, problem);
        m_model.setChecked(folder, problem);
        emit verified(folder, *check);
    });
    begin(job);
}

void BackupsPresenter::remove(const QStringList &folders)
{
    if (isBusy())
        return;
    auto *job = new RemoveBackupsJob(m_place, folders, m_journal, this);
    job->then(this, [this](const Result<QList<BackupRemoval>> &removals) {
        m_work.clear();
        if (removals)
            emit removed(*removals);
        else
            emit workFailed(removals.error());
        reload();
    });
    begin(job);
}

void BackupsPresenter::stop()
{
    if (m_work)
        m_work->cancel();
}

} // namespace Longshore::Ui
