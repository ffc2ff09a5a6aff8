// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/journalstore.h"

#include "core/base/workerjob.h"

#include <QDir>
#include <QMutex>
#include <QStandardPaths>
#include <QUuid>

#include <tuple>

using namespace Qt::StringLiterals;

namespace Longshore {

using namespace std::chrono_literals;

constexpr auto betweenNotes = 250ms; // What a crash may take of them.

/// Shared with the workers.
struct JournalStore::Pending
{
    QMutex mutex;
    QHash<int, JournalRun> records; ///< By a number of their own.
    int lastRecord = 0;

    /// One writer gets it, and no other.
    std::optional<JournalRun> takeRecord(int number)
    {
        const QMutexLocker lock(&mutex);
        const bool isThere = records.contains(number);
        return isThere ? std::optional(records.take(number)) : std::nullopt;
    }
};

namespace {

using Runs = QList<JournalRun>;

QString lockPath(const QString &journal, const QString &owner)
{
    return journal + u'.' + owner + ".lock"_L1;
}

/// Whoever dies leaves a lock behind that nobody holds.
bool isRunning(const QString &journal, const QString &owner)
{
    QLockFile lock(lockPath(journal, owner));
    lock.setStaleLockTime(0); // However long a run takes.
    return !lock.tryLock(0);
}

Result<Runs> readRuns(const QString &path)
{
    if (!QFileInfo::exists(path))
        return Runs();
    const auto database = JournalDatabase::openToRead(path);
    return database ? (*database)->runs() : Result<Runs>(database.error());
}

Result<qint64> writeRecord(const QString &path, const QString &owner, const JournalRun &run)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    const auto database = JournalDatabase::open(path);
    return database ? (*database)->add(run, owner) : Result<qint64>(database.error());
}

Result<Runs> readUnfinishedRuns(const QString &path, const QString &self)
{
    if (!QFileInfo::exists(path))
        return Runs();
    const auto database = JournalDatabase::openToRead(path);
    if (!database)
        return database.error();
    const auto owners = (*database)->ownersOfOpenRuns();
    auto runs = (*database)->runs(JournalDatabase::Which::Open);
    if (!owners || !runs)
        return owners ? runs : Result<Runs>(owners.error());
    runs->removeIf([&](const JournalRun &run) {
        const QString owner = owners->value(run.id);
        return !run.repository || owner == self || isRunning(path, owner);
    });
    return runs;
}

} // namespace

JournalStore::JournalStore(const QString &path, QObject *parent)
    : QObject(parent)
    , m_path(path)
    , m_owner(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_lock(lockPath(path, m_owner))
    , m_pending(std::make_shared<Pending>())
{
    m_pool.setMaxThreadCount(1);
    m_lock.setStaleLockTime(0);
    m_notesTimer.setSingleShot(true);
    m_notesTimer.setInterval(betweenNotes);
    connect(&m_notesTimer, &QTimer::timeout, this, &JournalStore::writeNotes);
}

JournalStore::~JournalStore()
{
    writeNotes();
    // Those whose workers have not begun, and will not: they end with this.
    m_pool.start([path = m_path, owner = m_owner, pending = m_pending] {
        const QMutexLocker lock(&pending->mutex);
        for (const JournalRun &run : std::exchange(pending->records, {}))
            std::ignore = writeRecord(path, owner, run);
    });
    m_pool.waitForDone();
}

QString JournalStore::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/journal.sqlite"_L1;
}

/// Whoever reads it later may stand somewhere else.
static JournalRun standingAlone(JournalRun run)
{
    if (!run.backupFolder.isEmpty())
        run.backupFolder = QFileInfo(run.backupFolder).absoluteFilePath();
    return run;
}

ResultJob<qint64> *JournalStore::record(const JournalRun &over)
{
    JournalRun run = standingAlone(over);
    run.begun = QDateTime::currentDateTimeUtc();
    run.ended = run.begun;
    const QMutexLocker lock(&m_pending->mutex);
    const int number = ++m_pending->lastRecord;
    m_pending->records.insert(number, run);
    return new WorkerJob<qint64>(
        [path = m_path, owner = m_owner, pending = m_pending,
         number](const CancelFlag &) -> Result<qint64> {
            const auto record = pending->takeRecord(number);
            return record ? writeRecord(path, owner, *record) : Result<qint64>(Error::cancelled());
        },
        this);
}

ResultJob<qint64> *JournalStore::begin(const JournalRun &begun)
{
    JournalRun run = standingAlone(begun);
    run.ended.reset();
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    if (!m_lock.isLocked())
        m_lock.tryLock(0);
    return new WorkerJob<qint64>(
        [path = m_path, owner = m_owner, run](const CancelFlag &cancelled) -> Result<qint64> {
            const auto database = JournalDatabase::open(path);
            if (!database)
                return database.error();
            auto id = (*database)->add(run, owner);
            if (id && cancelled) // Nobody will say that it is over.
                std::ignore = (*database)->end(*id);
            return id;
        },
        this);
}

void JournalStore::note(qint64 run, qsizetype item, const JournalResult &result)
{
    m_notes.append({run, item, result});
    if (!m_notesTimer.isActive())
        m_notesTimer.start();
}

void JournalStore::writeNotes()
{
    m_notesTimer.stop();
    if (m_notes.isEmpty())
        return;
    m_pool.start([path = m_path, notes = std::exchange(m_notes, {})] {
        // Without them, should it ever matter, the registry is asked what became of the items.
        if (const auto database = JournalDatabase::open(path))
            std::ignore = (*database)->note(notes);
    });
}

void JournalStore::end(qint64 run)
{
    writeNotes();
    m_pool.start([path = m_path, run] {
        if (const auto database = JournalDatabase::open(path))
            std::ignore = (*database)->end(run);
    });
}

ResultJob<Runs> *JournalStore::runs()
{
    return new WorkerJob<Runs>([path = m_path](const CancelFlag &) { return readRuns(path); },
                               this);
}

ResultJob<Runs> *JournalStore::unfinishedRuns()
{
    return new WorkerJob<Runs>([path = m_path, self = m_owner](
                                   const CancelFlag &) { return readUnfinishedRuns(path, self); },
                               this);
}

} // namespace Longshore
