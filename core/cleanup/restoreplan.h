// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/backup.h"

namespace Longshore {

/// One tag of a backup, or a manifest without any; and what it takes to have it back.
struct RestoreItem
{
    /// What the registry has in its place now.
    enum class Place {
        Free, ///< Nothing.
        Same, ///< It itself.
        Taken, ///< The tag points to something else.
    };
    /// Where all that it is made of would come from.
    enum class Way {
        FromServer, ///< The registry still has it.
        FromBackup, ///< Some of it, the rest being there still.
        Lost, ///< Nobody has all of it any more.
    };

    Descriptor manifest; ///< As it was.
    std::optional<Tag> tag; ///< Nothing for a manifest that had none.
    Place place = Place::Free; ///< As it stood when somebody looked.
    Way way = Way::FromServer; ///< Not looked for where the place is Same.
    std::optional<Descriptor> current =
        {}; ///< What the tag points to, where that is something else.
    QList<Digest> lost = {}; ///< Blobs that nobody has.

    /// Whether it is not there, or not under its tag, and everything for it is.
    [[nodiscard]] bool canComeBack() const { return place != Place::Same && way != Way::Lost; }
    /// By what it is put back.
    [[nodiscard]] Reference reference() const
    {
        return tag ? Reference(*tag) : Reference(manifest.digest);
    }
};

/// A blob that the registry lacks and the backup has.
struct BlobToRestore
{
    Descriptor blob; ///< As a manifest describes it.
    /// The registry believes that it has the blob, so it must be sent without being asked for.
    bool isBelieved = false;
};

/// What could come back of a backup; found out before anything is changed.
struct RestorePlan
{
    Backup backup; ///< What there is.
    RepositoryName repository; ///< Where it goes; usually where it came from.
    QList<RestoreItem> items; ///< Each after what it refers to.
    QSet<Digest> present = {}; ///< Manifests that the registry has by their digest.
    QHash<Digest, BlobToRestore> blobs = {}; ///< That would be sent.
};

/// The manifest \a digest and everything that it is made of, entries before indexes; what the
/// backup lacks is left out.
[[nodiscard]] QList<Manifest> partsOf(const Digest &digest, const Manifests &manifests);
/// The blobs of which these are made, those left out that may not be distributed.
[[nodiscard]] QList<Descriptor> blobsOf(const QList<Manifest> &manifests);
/// The tags and manifests of \a backup that \a wanted names, or all of them; each after what it
/// refers to. Nobody has looked at the registry yet.
[[nodiscard]] QList<RestoreItem> itemsOf(const Backup &backup,
                                         const std::optional<Reference> &wanted);

} // namespace Longshore
