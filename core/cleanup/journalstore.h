// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/journaldatabase.h"

#include <QLockFile>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace Longshore {

/// The journal of this user's programs, in one file. Written by workers; several programs may do so
/// at once.
class JournalStore final : public QObject, public RunJournal
{
    Q_OBJECT

public:
    /// Touches nothing before it is used.
    explicit JournalStore(const QString &path, QObject *parent = nullptr);
    /// Waits until everything is written.
    ~JournalStore() override;

    /// "journal.sqlite" in the folder of the program's data.
    [[nodiscard]] static QString defaultPath();

    [[nodiscard]] ResultJob<qint64> *begin(const JournalRun &run) override;
    [[nodiscard]] ResultJob<qint64> *record(const JournalRun &run) override;
    void note(qint64 run, qsizetype item, const JournalResult &result) override;
    void end(qint64 run) override;
    [[nodiscard]] ResultJob<QList<JournalRun>> *unfinishedRuns() override;
    [[nodiscard]] ResultJob<QList<JournalRun>> *runs() override;

private:
    struct Pending;

    void writeNotes();

    QString m_path;
    QString m_owner; ///< Names the lock that others find while this store is there.
    QLockFile m_lock;
    std::shared_ptr<Pending> m_pending; ///< Runs that are still to be written.
    QList<JournalDatabase::Note> m_notes; ///< That are still to be written.
    QTimer m_notesTimer; ///< Gathers them: the disk takes as long for one as for many.
    QThreadPool m_pool; ///< Writes what nobody waits for, in one thread.
};

} // namespace Longshore
