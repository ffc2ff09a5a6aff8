// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/repositorysnapshot.h"

#include <QSet>

namespace Longshore {

/// One manifest that shall go, and everything that goes with it.
struct DeletionGroup
{
    Descriptor manifest; ///< What is deleted, by its digest.
    QList<Tag> chosen; ///< Tags that the user chose.
    QList<Tag> siblings; ///< Other tags that point to the same manifest, and would go with it.
    QList<Tag> usedBy; ///< Tags of indexes that stay and need this manifest: it must not go.
    /// Tags that by their name are signatures of this manifest and the like. They stay.
    QList<Tag> attached = {};

    /// All that go with the manifest.
    [[nodiscard]] QList<Tag> allTags() const { return chosen + siblings; }
};

/// What the deletion of some tags means.
struct DeletionPlan
{
    RepositoryName repository; ///< Of all groups: a digest means something only there.
    QDateTime taken; ///< When the registry looked like this.
    QList<DeletionGroup> groups; ///< One for each manifest, in the order of the tags.
    QList<Tag> unknown; ///< Chosen, but not there any more.
    std::optional<Error> incomplete; ///< The snapshot lacks something: nothing may be deleted.
    QHash<QString, QString> knownTags; ///< Every tag of the snapshot and its digest.
    bool savesLayers =
        false; ///< Whether the backup has the layers too, and is as large as they are.
    /// Manifests that were to go with these, and did not: what is about one of them stays, too.
    QSet<Digest> withheld = {};
    /// Tags that manifests had when they were to go the first time: by their names they say what a
    /// manifest is about, also when they are gone by now.
    QHash<Digest, QList<Tag>> formerTags = {};

    /// What goes though nobody chose it, of all groups.
    [[nodiscard]] QList<Tag> siblings() const;
    /// What stays though it will be about nothing, of all groups.
    [[nodiscard]] QList<Tag> attached() const;
    /// Tags that were chosen and are there.
    [[nodiscard]] qsizetype chosenCount() const;
    /// Whether \a tag goes, chosen or not.
    [[nodiscard]] bool takes(const Tag &tag) const;
    /// Whether nothing may be deleted: the snapshot lacks something, there is nothing to delete, or
    /// something that stays needs it.
    [[nodiscard]] bool isBlocked() const;
};

/// Says what goes when \a chosen tags are deleted by digest, which on most registries is the only
/// way. Works on the snapshot alone: the same input gives the same plan.
[[nodiscard]] DeletionPlan planDeletion(const RepositorySnapshot &snapshot,
                                        const QList<Tag> &chosen);

/// The same for one manifest that the user named by its digest, whether or not a tag points to it;
/// tags that do count as chosen.
[[nodiscard]] DeletionPlan planManifestDeletion(const RepositorySnapshot &snapshot,
                                                const Descriptor &manifest);

/// The tags of indexes that are made of \a digest, but for those indexes that are \a leaving.
[[nodiscard]] QList<Tag> tagsThatNeed(const Digest &digest, const RepositorySnapshot &snapshot,
                                      const QSet<Digest> &leaving);

} // namespace Longshore
