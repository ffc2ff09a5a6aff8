// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journalschema.h"

#include "core/cleanup/sqlcalls.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr int schemaVersion = 1;

Result<int> versionOf(const QSqlDatabase &database)
{
    QSqlQuery query(database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return sqlError(query.lastError());
    return query.value(0).toInt();
}

Result<Done> createTables(const QSqlDatabase &database)
{
    const QStringList statements{
        u"CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, "
        "host TEXT NOT NULL, repository TEXT NOT NULL, backup TEXT NOT NULL, "
        "owner TEXT NOT NULL, begun TEXT NOT NULL, ended TEXT)"_s,
        u"CREATE TABLE items (run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, "
        "place INTEGER NOT NULL, digest TEXT NOT NULL, tags TEXT NOT NULL, "
        "state TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '', "
        "PRIMARY KEY (run, place)) WITHOUT ROWID"_s,
        u"PRAGMA user_version = %1"_s.arg(schemaVersion)};
    for (const QString &statement : statements) {
        if (auto done = runStatement(database, statement); !done)
            return done;
    }
    return Done();
}

} // namespace

Result<Done> prepareJournal(const QSqlDatabase &database)
{
    auto version = versionOf(database);
    if (!version)
        return version.error();
    if (*version > schemaVersion)
        return Error{
            Error::Kind::Unsupported,
            QCoreApplication::translate(
                "JournalDatabase", "The journal was written by a later version of this program.")};
    if (*version == schemaVersion)
        return runStatement(database, u"PRAGMA foreign_keys = ON"_s);
    Transaction transaction(database);
    if (!transaction.begun())
        return transaction.begun();
    version = versionOf(database); // Another program may have been quicker.
    if (version && *version == 0) {
        if (auto created = createTables(database); !created)
            return created;
    }
    if (auto done = transaction.commit(); !done)
        return done;
    return runStatement(database, u"PRAGMA foreign_keys = ON"_s);
}

} // namespace Longshore
