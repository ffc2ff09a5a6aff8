// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/journalschema.h"
#include "core/cleanup/runjournal.h"

#include <memory>

namespace Longshore {

/// The journal as an SQLite database, open for a moment. Blocks on the disk, so it belongs into a
/// worker, and stays in its thread.
///
/// A file that is no database is set aside, never overwritten. Everything fails as LocalFile.
class JournalDatabase
{
public:
    /// Of which runs something is read.
    enum class Which {
        All,
        Open, ///< They have no end.
    };
    /// What became of an item of some run.
    struct Note
    {
        qint64 run; ///< Its number.
        qsizetype item; ///< Its place in the plan.
        JournalResult result; ///< The last one counts.
    };

    /// Opens or makes the database, and brings it up to date. Fails also as Unsupported, for one of a
    /// later version.
    [[nodiscard]] static Result<std::unique_ptr<JournalDatabase>> open(const QString &path);
    /// Opens one that is there, and leaves it as it is: a look must not keep an earlier version of
    /// the program from its journal. Only what does not change it may then be called. As open().
    [[nodiscard]] static Result<std::unique_ptr<JournalDatabase>> openToRead(const QString &path);
    ~JournalDatabase();
    Q_DISABLE_COPY_MOVE(JournalDatabase)

    /// Adds a run with its items; \a owner is who runs it. One that has ended does so now. Gives
    /// its number.
    [[nodiscard]] Result<qint64> add(const JournalRun &run, const QString &owner);
    /// All of them, or none.
    [[nodiscard]] Result<Done> note(const QList<Note> &notes);
    /// The run is over.
    [[nodiscard]] Result<Done> end(qint64 run);
    /// The newest first.
    [[nodiscard]] Result<QList<JournalRun>> runs(Which which = Which::All);
    /// Who runs those that are open: their owners by their numbers.
    [[nodiscard]] Result<QHash<qint64, QString>> ownersOfOpenRuns();

private:
    using Prepare = Result<Done> (JournalDatabase::*)();

    explicit JournalDatabase(const QString &connection) : m_connection(connection) {}

    [[nodiscard]] static Result<std::unique_ptr<JournalDatabase>> openBy(Prepare prepare,
                                                                         const QString &path);
    [[nodiscard]] Result<Done> prepareToWrite();
    [[nodiscard]] Result<Done> prepareToRead();
    [[nodiscard]] Result<Done> addItems(qint64 run, const QList<JournalItem> &items);
    [[nodiscard]] Result<QHash<qint64, QList<JournalItem>>> items(Which which);

    QString m_connection; ///< By which Qt knows it.
    int m_version = journalVersionWithUsers; ///< Of its tables.
};

} // namespace Longshore
