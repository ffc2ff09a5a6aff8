// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/backupfolder.h"

#include "core/base/diskcalls.h"
#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr QDir::Filters everything =
    QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;

/// Before the names of backups that are being removed.
constexpr QLatin1StringView leavingPrefix{".removed-"};

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackupFolder)
};

/// Whoever names a folder may have come to it through links.
QString placeOf(const QString &folder)
{
    const QFileInfo info(folder);
    const QString path = info.canonicalFilePath();
    return path.isEmpty() ? QDir::cleanPath(info.absoluteFilePath()) : path;
}

bool isRegular(const QFileInfo &info)
{
    return info.isFile() && !info.isSymLink();
}

bool isRealFolder(const QFileInfo &info)
{
    return info.isDir() && !info.isSymLink();
}

bool isLeaving(const QString &folder)
{
    return QFileInfo(folder).fileName().startsWith(leavingPrefix);
}

QFileInfo recordOf(const QString &folder)
{
    return QFileInfo(folder + u'/' + Backup::recordName);
}

/// Links count as nothing, whatever they lead to.
qint64 bytesIn(const QString &folder)
{
    qint64 bytes = 0;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        bytes += files.fileInfo().size();
    }
    return bytes;
}

StoredBackup describe(const QString &folder, const CancelFlag &cancelled)
{
    StoredBackup backup{folder, bytesIn(folder), recordOf(folder).lastModified().toUTC()};
    auto record = readBackupRecord(folder, cancelled);
    if (!record) {
        backup.error = record.error();
        return backup;
    }
    record->knownTags.clear(); // Of a large repository there are many, in each of its backups.
    if (record->saved.isValid())
        backup.taken = record->saved;
    backup.record = *std::move(record);
    return backup;
}

void attachRuns(QList<StoredBackup> &backups, const QList<JournalRun> &runs)
{
    QMultiHash<QString, const JournalRun *> byFolder;
    for (const JournalRun &run : runs) {
        if (!run.backupFolder.isEmpty())
            byFolder.insert(placeOf(run.backupFolder), &run);
    }
    for (StoredBackup &backup : backups) {
        const auto named = byFolder.values(placeOf(backup.folder));
        for (const JournalRun *run : named) {
            backup.isNeeded = backup.isNeeded || !run->ended;
            if (run->kind != JournalRun::Kind::Restore) // Which only reads it.
                backup.run = run->id;
        }
    }
}

/// Whether a backup may hold something of that name, which has "/" between its parts.
bool isPartOfBackup(const QString &name, const QFileInfo &info)
{
    const QStringList parts = name.split(u'/');
    const bool isBlobName = parts.size() == 3 && parts.first() == "blobs"_L1;
    if (isRealFolder(info))
        return name == "blobs"_L1 || (parts.size() == 2 && parts.first() == "blobs"_L1);
    if (isBlobName)
        return isRegular(info) && Digest::parse(QString(parts.at(1) + u':' + parts.at(2)));
    const bool isOfLayout = name == "oci-layout"_L1 || name == "index.json"_L1;
    return isRegular(info) && (isOfLayout || name == Backup::recordName);
}

std::optional<Error> objectionTo(const QString &place, const QString &folder)
{
    const QFileInfo info(folder);
    const bool isInPlace = QDir::cleanPath(folder) == folder
                           && QDir(info.absolutePath()) == QDir(place) && isRealFolder(info);
    if (!isInPlace || (!isRegular(recordOf(folder)) && !isLeaving(folder)))
        return Error{Error::Kind::Policy, Text::tr("%1 is no backup in %2, and is not removed.")
                                              .arg(quotedPath(folder), quotedPath(place))};
    return {};
}

/// Everything in it, folders before what is in them; an Error when not all of it belongs to a
/// backup.
Result<QFileInfoList> contentsOf(const QString &folder)
{
    QFileInfoList contents;
    QDirIterator entries(folder, everything, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString path = entries.next();
        const QFileInfo info = entries.fileInfo();
        if (!info.exists() && !info.isSymLink())
            continue; // Somebody else sweeps here, too.
        contents.append(info);
        if (!isPartOfBackup(QDir(folder).relativeFilePath(path), info))
            return Error{Error::Kind::Policy,
                         Text::tr("Nothing was removed, because %1 is no part of a backup. Move it "
                                  "away, or remove the folder yourself.")
                             .arg(quotedPath(path))};
    }
    return contents;
}

Error cannotRemove(const QString &path, const QString &reason)
{
    return {Error::Kind::LocalFile,
            Text::tr("Cannot remove %1: %2.").arg(quotedPath(path), quotedText(reason))};
}

Result<Done> removeFile(const QString &path)
{
    QFile file(path);
    if (file.remove() || !QFileInfo::exists(path))
        return Done();
    return cannotRemove(path, file.errorString());
}

Result<Done> removeFolder(const QString &path)
{
    if (QDir().rmdir(path) || !QFileInfo::exists(path))
        return Done();
    return Error{Error::Kind::LocalFile,
                 Text::tr("Cannot remove the folder %1.").arg(quotedPath(path))};
}

/// Nothing at all when something in it is no part of a backup.
Result<Done> removeContents(const QString &folder)
{
    const auto contents = contentsOf(folder);
    if (!contents)
        return contents.error();
    // From behind, where what is in a folder comes before it.
    for (auto entry = contents->crbegin(); entry != contents->crend(); ++entry) {
        const QString path = entry->filePath();
        if (auto removed = entry->isDir() ? removeFolder(path) : removeFile(path); !removed)
            return removed;
    }
    return removeFolder(folder);
}

/// Gives it a name by which nobody takes it for a backup, whatever happens from then on.
Result<QString> setAside(const QString &folder)
{
    const QFileInfo info(folder);
    const QString aside = info.path() + u'/' + leavingPrefix + info.fileName();
    if (isRealFolder(QFileInfo(aside))) {
        if (const auto removed = removeContents(aside); !removed)
            return removed.error();
    }
    int error = DiskCalls::renameWithoutReplacing(folder, aside);
    if (error == 0)
        error = DiskCalls::syncFolder(info.path());
    if (error != 0)
        return cannotRemove(folder, qt_error_string(error));
    return aside;
}

/// What a removal that broke off has left; listed only when it has to stay.
void sweep(const QFileInfo &folder, QList<StoredBackup> &backups)
{
    const QString path = folder.filePath();
    const auto swept = removeContents(path);
    if (swept)
        return;
    StoredBackup rest{path, bytesIn(path), folder.lastModified().toUTC()};
    rest.error =
        Error{swept.error().kind,
              Text::tr("Only a part of this backup is left. %1").arg(swept.error().message)};
    backups.append(rest);
}

} // namespace

Result<QList<StoredBackup>> listBackups(const QString &place, const QList<JournalRun> &runs,
                                        const CancelFlag &cancelled)
{
    QList<StoredBackup> backups;
    const QDir folder(QFileInfo(place).absoluteFilePath());
    const QFileInfoList entries =
        folder.entryInfoList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QFileInfo &entry : entries) {
        if (cancelled)
            return Error::cancelled();
        if (!isRealFolder(entry))
            continue;
        if (isLeaving(entry.filePath()))
            sweep(entry, backups);
        else if (!entry.isHidden() && isRegular(recordOf(entry.filePath())))
            backups.append(describe(entry.filePath(), cancelled));
    }
    attachRuns(backups, runs);
    std::stable_sort(backups.begin(), backups.end(),
                     [](const auto &a, const auto &b) { return a.taken > b.taken; });
    return backups;
}

bool isNeeded(const QString &folder, const QList<JournalRun> &runs)
{
    return std::any_of(runs.begin(), runs.end(), [&](const JournalRun &run) {
        return !run.ended && !run.backupFolder.isEmpty()
               && placeOf(run.backupFolder) == placeOf(folder);
    });
}

Result<Done> removeBackup(const QString &place, const QString &folder)
{
    if (const auto objection = objectionTo(place, folder))
        return *objection;
    if (isLeaving(folder))
        return removeContents(folder);
    if (const auto contents = contentsOf(folder); !contents)
        return contents.error();
    const auto aside = setAside(folder);
    return aside ? removeContents(*aside) : Result<Done>(aside.error());
}

} // namespace Longshore
