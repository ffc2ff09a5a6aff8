// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/backupcheck.h"
#include "core/cleanup/backupretention.h"
#include "core/cleanup/removebackupsjob.h"

#include <QPointer>

namespace Longshore::Ui {

class BackupTableModel;

/// Shows the backups of a folder, looks whether they are whole, and removes them.
class BackupsPresenter final : public QObject
{
    Q_OBJECT

public:
    /// The model must outlive this. A null \a journal knows of no run.
    BackupsPresenter(const QString &place, std::shared_ptr<RunJournal> journal,
                     BackupTableModel &model, QObject *parent = nullptr);

    [[nodiscard]] const QString &place() const noexcept { return m_place; }
    /// Something is checked or removed, which can be stopped.
    [[nodiscard]] bool isBusy() const { return !m_work.isNull(); }

    void reload();
    /// Reads all of it; while nothing else is checked or removed.
    void verify(const QString &folder);
    /// Removes these, for good; while nothing else is checked or removed.
    void remove(const QStringList &folders);
    void stop();

signals:
    void loaded();
    void failed(const Longshore::Error &error);
    /// In bytes or backups.
    void progressed(qint64 done, qint64 total);
    void verified(const QString &folder, const Longshore::BackupCheck &check);
    /// Each of them had its turn.
    void removed(const QList<Longshore::BackupRemoval> &removals);
    /// It was not checked, or nothing more is removed.
    void workFailed(const Longshore::Error &error);

private:
    void show(const QList<StoredBackup> &backups);
    void begin(Job *job);

    const QString m_place;
    const std::shared_ptr<RunJournal> m_journal;
    BackupTableModel &m_model;
    QHash<QString, QString> m_problems; ///< Of what was checked, by folder; empty for none.
    QPointer<Job> m_reading;
    QPointer<Job> m_work;
};

} // namespace Longshore::Ui
