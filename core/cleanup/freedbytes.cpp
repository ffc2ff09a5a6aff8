// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/freedbytes.h"

#include "core/base/saturatingsum.h"

namespace Longshore {

namespace {

/// Every manifest that stays, as far as anybody can tell.
QSet<Digest> stayingManifests(const RepositoryInventory &inventory, const QSet<Digest> &leaving)
{
    QSet<Digest> staying;
    for (const auto &[tag, manifest] : inventory.snapshot.tags)
        staying.insert(manifest.digest);
    for (const QList<Digest> &children : inventory.snapshot.children)
        staying.unite(QSet<Digest>(children.begin(), children.end()));
    for (const QList<Digest> &referrers : inventory.referrers)
        staying.unite(QSet<Digest>(referrers.begin(), referrers.end()));
    return staying.subtract(leaving);
}

/// What stays, and whether it is known of all that stays what it is made of.
struct Used
{
    QSet<Digest> blobs;
    bool isAllKnown = true;
};

Used usedByTheRest(const RepositoryInventory &inventory, const QSet<Digest> &leaving)
{
    Used used{{}, !inventory.snapshot.incomplete};
    for (const Digest &digest : stayingManifests(inventory, leaving)) {
        const auto details = inventory.details.constFind(digest);
        used.isAllKnown = used.isAllKnown && details != inventory.details.constEnd();
        if (details == inventory.details.constEnd())
            continue;
        for (auto blob = details->blobs.begin(); blob != details->blobs.end(); ++blob)
            used.blobs.insert(blob.key());
    }
    return used;
}

} // namespace

QSet<Digest> blobsOf(const RepositoryInventory &inventory)
{
    QSet<Digest> blobs;
    for (const ManifestDetails &details : inventory.details) {
        for (auto blob = details.blobs.begin(); blob != details.blobs.end(); ++blob)
            blobs.insert(blob.key());
    }
    return blobs;
}

FreedBytes freedBytes(const CleanupDecisions &decisions, const RepositoryInventory &inventory,
                      const QSet<Digest> &elsewhere)
{
    const QSet<Digest> leaving = decisions.leaving();
    Used used = usedByTheRest(inventory, leaving);
    FreedBytes freed;
    for (const Digest &digest : leaving) {
        const QHash<Digest, qint64> blobs = inventory.details.value(digest).blobs;
        for (auto blob = blobs.begin(); blob != blobs.end(); ++blob) {
            if (used.blobs.contains(blob.key()))
                continue;
            used.blobs.insert(blob.key()); // Counts once.
            freed.most = saturatingSum(freed.most, *blob);
            if (used.isAllKnown && !elsewhere.contains(blob.key()))
                freed.least = saturatingSum(freed.least, *blob);
        }
    }
    return freed;
}

} // namespace Longshore
