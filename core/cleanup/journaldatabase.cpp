// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journaldatabase.h"

#include "core/base/displaytext.h"
#include "core/cleanup/journalschema.h"
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

QString textOf(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QDateTime timeOf(const QVariant &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

QString nameOf(JournalRun::Kind kind)
{
    return kind == JournalRun::Kind::Deletion ? u"deletion"_s : u"restore"_s;
}

QString joined(const QList<Tag> &tags)
{
    QStringList names;
    for (const Tag &tag : tags)
        names.append(tag.toString());
    return names.join(u' '); // Which is in no tag.
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
    query.prepare(u"INSERT INTO runs (kind, host, repository, backup, owner, begun) "
                  "VALUES (?, ?, ?, ?, ?, ?)"_s);
    for (const QString &value :
         {nameOf(run.kind), run.host, run.repository.toString(),
          run.backupFolder.isNull() ? u""_s : run.backupFolder, owner, textOf(now)})
        query.addBindValue(value);
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
    query.prepare(u"INSERT INTO items (run, place, digest, tags) VALUES (?, ?, ?, ?)"_s);
    for (qsizetype place = 0; place < items.size(); ++place) {
        query.bindValue(0, run);
        query.bindValue(1, place);
        query.bindValue(2, items.at(place).manifest.toString());
        const QString tags = joined(items.at(place).tags);
        query.bindValue(3, tags.isNull() ? u""_s : tags);
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
        query.bindValue(0, one.result.state.isNull() ? u""_s : one.result.state);
        query.bindValue(1, one.result.message.isNull() ? u""_s : one.result.message);
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
    if (!query.exec(u"SELECT run, digest, tags, state, message FROM items ORDER BY run, place"_s))
        return sqlError(query.lastError());
    QHash<qint64, QList<JournalItem>> items;
    while (query.next()) {
        const auto digest = Digest::parse(query.value(1).toString());
        if (digest)
            items[query.value(0).toLongLong()].append(
                {*digest,
                 tagsIn(query.value(2).toString()),
                 {query.value(3).toString(), query.value(4).toString()}});
    }
    return items;
}

Result<QList<JournalRun>> JournalDatabase::runs()
{
    const auto items = this->items();
    if (!items)
        return items.error();
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    if (!query.exec(u"SELECT id, kind, host, repository, backup, begun, ended FROM runs "
                    "ORDER BY id DESC"_s))
        return sqlError(query.lastError());
    QList<JournalRun> runs;
    while (query.next()) {
        const auto repository = RepositoryName::parse(query.value(3).toString());
        if (!repository)
            continue;
        JournalRun run{query.value(1).toString() == nameOf(JournalRun::Kind::Restore)
                           ? JournalRun::Kind::Restore
                           : JournalRun::Kind::Deletion,
                       query.value(2).toString(), *repository, query.value(4).toString()};
        run.id = query.value(0).toLongLong();
        run.items = items->value(run.id);
        run.begun = timeOf(query.value(5));
        if (!query.isNull(6))
            run.ended = timeOf(query.value(6));
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
