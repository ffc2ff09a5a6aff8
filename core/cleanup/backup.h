// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"
#include "core/oci/reference.h"
#include "core/session/imageparts.h"

#include <QDateTime>

namespace Longshore {

/// What a deletion has saved before it began, as it lies in a folder.
///
/// Everything in it has been checked: names follow their grammar, and each manifest is what its
/// digest says.
struct Backup
{
    /// One manifest that was to go.
    struct Entry
    {
        Digest manifest; ///< One of the manifests below.
        QList<Tag> tags; ///< That pointed to it; none for a manifest that had no tag.
    };

    /// Of the form that is written, and the only one that is read.
    static constexpr int version = 1;
    /// The file that makes a backup of an OCI image layout.
    static constexpr QLatin1StringView recordName{"longshore-backup.json"};
    /// How the folder of a backup of tags that went alone ends, beside that of images.
    static constexpr QLatin1StringView tagsEnding{"-tags"};

    QString folder; ///< As it was given.
    QString host; ///< The registry, as references write it: "registry.lab:5000".
    RepositoryName repository; ///< Of that registry.
    QDateTime taken; ///< When the registry looked like this; in UTC.
    QList<Entry> entries; ///< In the order of the plan.
    Manifests manifests; ///< Those of the entries, and all that indexes among them are made of.
    QMap<Tag, Digest> knownTags; ///< Every tag that the repository had.
    QDateTime saved = {}; ///< When it was written, in UTC; invalid when that is not known.
    QList<Digest> layers = {}; ///< Layers and the like that were saved with it.
};

/// Reads a backup that SaveBackupJob has written, whoever had it since. Blocks on the disk, so it
/// belongs into a worker.
///
/// An Error of kind NotFound when there is no backup in \a folder, or something is missing from it;
/// Unsupported when it is of a later version; DigestMismatch when a manifest is not what its name
/// says; Protocol and TooLarge for a record that is none, as parseStrictJson(); else as FolderTree
/// and parseManifest().
[[nodiscard]] Result<Backup> readBackup(const QString &folder, const CancelFlag &cancelled);

/// What the record of a backup says, and nothing else: the same without the manifests, which are not
/// even looked for. Fails as readBackup() does for the record.
[[nodiscard]] Result<Backup> readBackupRecord(const QString &folder, const CancelFlag &cancelled);

/// Where in a backup a blob would lie, with "/" between the parts; it may not be there.
[[nodiscard]] QString blobNameInBackup(const Digest &digest);

} // namespace Longshore
