// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journaldatabase.h"

#include "core/base/displaytext.h"
#include "core/cleanup/journalschema.h"
#include "core/cleanup/sqlcalls.h"
#include "core/oci/tagnames.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using Kind = JournalRun::Kind;

constexpr int daysKept = 90;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(JournalDatabase)
};

QString textOf(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QDateTime timeOf(const QVariant &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

QString nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Deletion: return u"deletion"_s;
    case Kind::Untagging: return u"untagging"_s;
    case Kind::Restore: return u"restore"_s;
    case Kind::Copy: return u"copy"_s;
    case Kind::Tagging: return u"tagging"_s;
    case Kind::BlobDeletion: return u"blob-deletion"_s;
    case Kind::ReadOnlyOn: return u"read-only-on"_s;
    case Kind::ReadOnlyOff: return u"read-only-off"_s;
    case Kind::ChangesAllowed: return u"changes-allowed"_s;
    case Kind::ChangesForbidden: return u"changes-forbidden"_s;
    }
    Q_UNREACHABLE();
}

/// What another version may have written is the kind that nobody goes on with.
Kind kindOf(const QString &name)
{
    for (const auto kind :
         {Kind::Deletion, Kind::Restore, Kind::Copy, Kind::Tagging, Kind::BlobDeletion,
          Kind::ReadOnlyOn, Kind::ReadOnlyOff, Kind::ChangesAllowed, Kind::ChangesForbidden}) {
        if (name == nameOf(kind))
            return kind;
    }
    return Kind::Untagging;
}

/// Whether it is about no repository.
bool isOfConnection(Kind kind)
{
    return kind == Kind::ReadOnlyOn || kind == Kind::ReadOnlyOff || kind == Kind::ChangesAllowed
           || kind == Kind::ChangesForbidden;
}

/// Empty, and not NULL, for nothing.
QString stored(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

QString joined(const QList<Tag> &tags)
{
    return namesOf(tags).join(u' '); // Which is in no tag.
}

/// What is no tag any more was changed by somebody, and is left out.
QList<Tag> tagsIn(const QString &text)
{
    QList<Tag> tags;
    const QStringList names = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString &name : names) {
        if (const auto tag = Tag::parse(name))
            tags.append(*tag);
    }
    return tags;
}

/// Readable for its owner alone: it tells what there is in private registries.
Result<Done> makeFile(const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (file.exists())
        return Done();
    if (file.open(QIODevice::WriteOnly | QIODevice::Append)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return Done();
    return Error{
        Error::Kind::LocalFile,
        Text::tr("Cannot write %1: %2.").arg(quotedPath(path), quotedText(file.errorString()))};
}

/// SQLITE_CORRUPT and SQLITE_NOTADB.
bool isNoDatabase(const Error &error)
{
    return error.detail == "11"_L1 || error.detail == "26"_L1;
}

void setAside(const QString &path)
{
    const QString time = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss"_s);
    QFile::rename(path, path + ".unreadable-"_L1 + time);
}

} // namespace

Result<std::unique_ptr<JournalDatabase>> JournalDatabase::open(const QString &path)
{
    for (bool isFirst = true;; isFirst = false) {
        if (const auto made = makeFile(path); !made)
            return made.error();
        const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
        std::unique_ptr<JournalDatabase> journal(new JournalDatabase(name));
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(path);
        database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=10000"_s); // Milliseconds.
        const auto prepared = database.open() ? prepareJournal(database)
                                              : Result<Done>(sqlError(database.lastError()));
        database = {};
        if (prepared)
            return journal;
        if (!isFirst || !isNoDatabase(prepared.error()))
            return prepared.error();
        journal.reset();
        setAside(path);
    }
}

JournalDatabase::~JournalDatabase()
{
    QSqlDatabase::removeDatabase(m_connection);
}

Result<qint64> JournalDatabase::add(const JournalRun &run, const QString &owner)
{
    const QSqlDatabase database = QSqlDatabase::database(m_connection, false);
    Transaction transaction(database);
    if (!transaction.begun())
        return transaction.begun().error();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QSqlQuery old(database);
    old.prepare(u"DELETE FROM runs WHERE ended IS NOT NULL AND begun < ?"_s);
    old.addBindValue(textOf(now.addDays(-daysKept)));
    if (const auto done = runStatement(old); !done)
        return done.error();
    QSqlQuery query(database);
    query.prepare(u"INSERT INTO runs (kind, host, repository, backup, owner, begun, user, "
                  "connection, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    const QString repository = run.repository ? run.repository->toString() : QString();
    const QDateTime begun = run.begun.isValid() ? run.begun : now;
    for (const QString &value : {nameOf(run.kind), run.host, repository, run.backupFolder, owner,
                                 textOf(begun), run.user, run.connection})
        query.addBindValue(stored(value));
    query.addBindValue(run.ended ? QVariant(textOf(now)) : QVariant());
    if (const auto done = runStatement(query); !done)
        return done.error();
    const qint64 id = query.lastInsertId().toLongLong();
    if (const auto added = addItems(id, run.items); !added)
        return added.error();
    if (const auto done = transaction.commit(); !done)
        return done.error();
    return id;
}

Result<Done> JournalDatabase::addItems(qint64 run, const QList<JournalItem> &items)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.prepare(u"INSERT INTO items (run, place, digest, tags, state, message, replaced) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?)"_s);
    for (qsizetype place = 0; place < items.size(); ++place) {
        const JournalItem &item = items.at(place);
        query.bindValue(0, run);
        query.bindValue(1, place);
        query.bindValue(2, item.manifest.toString());
        query.bindValue(3, stored(joined(item.tags)));
        query.bindValue(4, stored(item.result.state));
        query.bindValue(5, stored(item.result.message));
        query.bindValue(6, item.replaced ? item.replaced->toString() : u""_s);
        if (auto done = runStatement(query); !done)
            return done;
    }
    return Done();
}

Result<Done> JournalDatabase::note(const QList<Note> &notes)
{
    const QSqlDatabase database = QSqlDatabase::database(m_connection, false);
    Transaction transaction(database);
    if (!transaction.begun())
        return transaction.begun();
    QSqlQuery query(database);
    query.prepare(u"UPDATE items SET state = ?, message = ? WHERE run = ? AND place = ?"_s);
    for (const Note &one : notes) {
        query.bindValue(0, stored(one.result.state));
        query.bindValue(1, stored(one.result.message));
        query.bindValue(2, one.run);
        query.bindValue(3, one.item);
        if (auto done = runStatement(query); !done)
            return done;
    }
    return transaction.commit();
}

Result<Done> JournalDatabase::end(qint64 run)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.prepare(u"UPDATE runs SET ended = ? WHERE id = ? AND ended IS NULL"_s);
    query.addBindValue(textOf(QDateTime::currentDateTimeUtc()));
    query.addBindValue(run);
    return runStatement(query);
}

Result<QHash<qint64, QList<JournalItem>>> JournalDatabase::items()
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    if (!query.exec(u"SELECT run, digest, tags, state, message, replaced FROM items "
                    "ORDER BY run, place"_s))
        return sqlError(query.lastError());
    QHash<qint64, QList<JournalItem>> items;
    while (query.next()) {
        const auto digest = Digest::parse(query.value(1).toString());
        if (!digest)
            continue;
        JournalItem item{*digest,
                         tagsIn(query.value(2).toString()),
                         {query.value(3).toString(), query.value(4).toString()}};
        if (const auto replaced = Digest::parse(query.value(5).toString()))
            item.replaced = *replaced;
        items[query.value(0).toLongLong()].append(item);
    }
    return items;
}

Result<QList<JournalRun>> JournalDatabase::runs()
{
    const auto items = this->items();
    if (!items)
        return items.error();
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    if (!query.exec(u"SELECT id, kind, host, repository, backup, begun, ended, user, connection "
                    "FROM runs ORDER BY begun DESC, id DESC"_s))
        return sqlError(query.lastError());
    QList<JournalRun> runs;
    while (query.next()) {
        JournalRun run{kindOf(query.value(1).toString()),
                       query.value(2).toString(),
                       {},
                       query.value(4).toString()};
        if (const auto repository = RepositoryName::parse(query.value(3).toString()))
            run.repository = *repository;
        else if (!isOfConnection(run.kind))
            continue;
        run.id = query.value(0).toLongLong();
        run.items = items->value(run.id);
        run.begun = timeOf(query.value(5));
        if (!query.isNull(6))
            run.ended = timeOf(query.value(6));
        run.user = query.value(7).toString();
        run.connection = query.value(8).toString();
        runs.append(run);
    }
    return runs;
}

Result<QHash<qint64, QString>> JournalDatabase::ownersOfOpenRuns()
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    if (!query.exec(u"SELECT id, owner FROM runs WHERE ended IS NULL"_s))
        return sqlError(query.lastError());
    QHash<qint64, QString> owners;
    while (query.next())
        owners.insert(query.value(0).toLongLong(), query.value(1).toString());
    return owners;
}

} // namespace Longshore
