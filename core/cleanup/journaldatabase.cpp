// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journaldatabase.h"

#include "core/base/displaytext.h"
#include "core/cleanup/journalvalues.h"
#include "core/cleanup/sqlcalls.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr int daysKept = 90;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(JournalDatabase)
};

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
    return openBy(&JournalDatabase::prepareToWrite, path);
}

/// Not in a read-only mode of SQLite: what a crash has left half written has to be taken back.
Result<std::unique_ptr<JournalDatabase>> JournalDatabase::openToRead(const QString &path)
{
    return openBy(&JournalDatabase::prepareToRead, path);
}

Result<Done> JournalDatabase::prepareToWrite()
{
    return prepareJournal(QSqlDatabase::database(m_connection, false));
}

Result<Done> JournalDatabase::prepareToRead()
{
    const auto version = journalVersion(QSqlDatabase::database(m_connection, false));
    m_version = version ? *version : 0;
    return version ? Result<Done>(Done()) : Result<Done>(version.error());
}

Result<std::unique_ptr<JournalDatabase>> JournalDatabase::openBy(Prepare prepare,
                                                                 const QString &path)
{
    for (bool isFirst = true;; isFirst = false) {
        if (const auto made = makeFile(path); !made)
            return made.error();
        const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
        std::unique_ptr<JournalDatabase> journal(new JournalDatabase(name));
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(path);
        database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=10000"_s); // Milliseconds.
        const auto prepared = database.open() ? (journal.get()->*prepare)()
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
    old.addBindValue(storedTime(now.addDays(-daysKept)));
    if (const auto done = runStatement(old); !done)
        return done.error();
    QSqlQuery query(database);
    query.prepare(u"INSERT INTO runs (kind, host, repository, backup, owner, begun, user, "
                  "connection, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    const QString repository = run.repository ? run.repository->toString() : QString();
    const QDateTime begun = run.begun.isValid() ? run.begun : now;
    for (const QString &value : {storedKind(run.kind), run.host, repository, run.backupFolder,
                                 owner, storedTime(begun), run.user, run.connection})
        query.addBindValue(storedText(value));
    query.addBindValue(run.ended ? QVariant(storedTime(now)) : QVariant());
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
        query.bindValue(3, storedTags(item.tags));
        query.bindValue(4, storedText(item.result.state));
        query.bindValue(5, storedText(item.result.message));
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
        query.bindValue(0, storedText(one.result.state));
        query.bindValue(1, storedText(one.result.message));
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
    query.addBindValue(storedTime(QDateTime::currentDateTimeUtc()));
    query.addBindValue(run);
    return runStatement(query);
}

Result<QHash<qint64, QList<JournalItem>>> JournalDatabase::items(Which which)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    const QString additions = m_version < journalVersionWithUsers ? u"''"_s : u"replaced"_s;
    const QString condition =
        which == Which::Open ? u"WHERE run IN (SELECT id FROM runs WHERE ended IS NULL)"_s : u""_s;
    if (!query.exec(u"SELECT run, digest, tags, state, message, %1 FROM items %2 "
                    "ORDER BY run, place"_s.arg(additions, condition)))
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

Result<QList<JournalRun>> JournalDatabase::runs(Which which)
{
    if (m_version == 0)
        return QList<JournalRun>();
    const auto items = this->items(which);
    if (!items)
        return items.error();
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    const QString additions =
        m_version < journalVersionWithUsers ? u"'', ''"_s : u"user, connection"_s;
    const QString condition = which == Which::Open ? u"WHERE ended IS NULL"_s : u""_s;
    if (!query.exec(u"SELECT id, kind, host, repository, backup, begun, ended, %1 "
                    "FROM runs %2 ORDER BY begun DESC, id DESC"_s.arg(additions, condition)))
        return sqlError(query.lastError());
    QList<JournalRun> runs;
    while (query.next()) {
        JournalRun run{kindIn(query.value(1).toString()),
                       query.value(2).toString(),
                       {},
                       query.value(4).toString()};
        if (const auto repository = RepositoryName::parse(query.value(3).toString()))
            run.repository = *repository;
        else if (!isOfConnection(run.kind))
            continue;
        run.id = query.value(0).toLongLong();
        run.items = items->value(run.id);
        run.begun = timeIn(query.value(5));
        if (!query.isNull(6))
            run.ended = timeIn(query.value(6));
        run.user = query.value(7).toString();
        run.connection = query.value(8).toString();
        runs.append(run);
    }
    return runs;
}

Result<QHash<qint64, QString>> JournalDatabase::ownersOfOpenRuns()
{
    if (m_version == 0)
        return QHash<qint64, QString>();
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    if (!query.exec(u"SELECT id, owner FROM runs WHERE ended IS NULL"_s))
        return sqlError(query.lastError());
    QHash<qint64, QString> owners;
    while (query.next())
        owners.insert(query.value(0).toLongLong(), query.value(1).toString());
    return owners;
}

} // namespace Longshore
