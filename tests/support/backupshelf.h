// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fakeconnection.h"
#include "support/testbackup.h"
#include "support/testimages.h"
#include "support/writtenfile.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>

/// A folder of backups, as deletions in a registry of its own have left them.
class BackupShelf
{
public:
    /// Deletes these tags of a repository, each with an image of its own, into a backup of that name;
    /// gives its folder.
    QString add(const QString &name, const QStringList &tags,
                const QString &repository = QStringLiteral("team/app"))
    {
        for (const QString &tag : tags)
            TestImages::addImage(connection.registry, repository, tag,
                                 {.layers = {tag.toLatin1()}});
        const QString folder = path(name);
        deleteTags(connection.session, repository, tags, folder);
        return folder;
    }
    /// Leaves a folder of that name that is no backup any more.
    void spoil(const QString &name) const
    {
        if (!QFile::remove(path(name) + u'/' + Longshore::Backup::recordName))
            qFatal("there is no such backup");
    }
    [[nodiscard]] QString place() const { return m_home.filePath(QStringLiteral("backups")); }
    [[nodiscard]] QString path(const QString &name) const { return place() + u'/' + name; }
    /// Of one of its manifests, the last in the order of their digests.
    [[nodiscard]] static QString blobIn(const QString &folder)
    {
        const QDir blobs(folder + QStringLiteral("/blobs/sha256"));
        return blobs.filePath(blobs.entryList(QDir::Files).constLast());
    }
    /// Makes a file with these bytes, or replaces it.
    static void write(const QString &path, const QByteArray &bytes) { writtenFile(path, bytes); }
    /// Everything that is there, hidden or not, by its path from the shelf.
    [[nodiscard]] QStringList everything() const
    {
        QStringList names;
        QDirIterator entries(m_home.path(),
                             QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                             QDirIterator::Subdirectories);
        while (entries.hasNext())
            names.append(QDir(m_home.path()).relativeFilePath(entries.next()));
        names.sort();
        return names;
    }
    /// Beside the backups.
    [[nodiscard]] QString outside(const QString &name) const { return m_home.filePath(name); }

    FakeConnection connection;

private:
    QTemporaryDir m_home;
};
