// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journalschema.h"

#include "core/cleanup/sqlcalls.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr int schemaVersion = journalVersionWithUsers;

Result<int> versionOf(const QSqlDatabase &database)
{
    QSqlQuery query(database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return sqlError(query.lastError());
    return query.value(0).toInt();
}

/// As version 1 had them: what came later is added to new ones, too.
QStringList tables()
{
    return {
        u"CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, "
        "host TEXT NOT NULL, repository TEXT NOT NULL, backup TEXT NOT NULL, "
        "owner TEXT NOT NULL, begun TEXT NOT NULL, ended TEXT)"_s,
        u"CREATE TABLE items (run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, "
        "place INTEGER NOT NULL, digest TEXT NOT NULL, tags TEXT NOT NULL, "
        "state TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '', "
        "PRIMARY KEY (run, place)) WITHOUT ROWID"_s,
    };
}

/// Who made a change, by which connection, and what lost its tag to an image.
QStringList additions()
{
    return {u"ALTER TABLE runs ADD COLUMN user TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE runs ADD COLUMN connection TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE items ADD COLUMN replaced TEXT NOT NULL DEFAULT ''"_s,
            u"PRAGMA user_version = %1"_s.arg(schemaVersion)};
}

Result<Done> bringUpToDate(const QSqlDatabase &database, int version)
{
    const QStringList statements = version == 0 ? tables() + additions() : additions();
    for (const QString &statement : statements) {
        if (auto done = runStatement(database, statement); !done)
            return done;
    }
    return Done();
}

} // namespace

Result<int> journalVersion(const QSqlDatabase &database)
{
    const auto version = versionOf(database);
    if (version && *version > schemaVersion)
        return Error{
            Error::Kind::Unsupported,
            QCoreApplication::translate(
                "JournalDatabase", "The journal was written by a later version of this program.")};
    return version;
}

Result<Done> prepareJournal(const QSqlDatabase &database)
{
    auto version = journalVersion(database);
    if (!version)
        return version.error();
    if (*version == schemaVersion)
        return runStatement(database, u"PRAGMA foreign_keys = ON"_s);
    Transaction transaction(database);
    if (!transaction.begun())
        return transaction.begun();
    version = versionOf(database); // Another program may have been quicker.
    if (!version)
        return version.error();
    if (*version < schemaVersion) {
        if (auto done = bringUpToDate(database, *version); !done)
            return done;
    }
    if (auto done = transaction.commit(); !done)
        return done;
    return runStatement(database, u"PRAGMA foreign_keys = ON"_s);
}

} // namespace Longshore
