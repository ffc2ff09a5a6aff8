// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/restoreplan.h"

#include "core/registry/updatereferrerstagjob.h"

#include <algorithm>

namespace Longshore {

namespace {

constexpr int longestChain = 8; // A signature of a bill of materials of an image.

void addParts(const Digest &digest, const Manifests &manifests, QList<Manifest> &parts,
              QSet<Digest> &known)
{
    const auto manifest = manifests.constFind(digest);
    if (known.contains(digest) || manifest == manifests.constEnd())
        return;
    known.insert(digest);
    if (const ImageIndex *index = manifest->index()) {
        for (const Descriptor &entry : index->manifests)
            addParts(entry.digest, manifests, parts, known);
    }
    parts.append(*manifest);
}

/// How many of the backup must be there before this one, because it refers to them.
int rank(const Digest &digest, const Manifests &manifests)
{
    int length = 0;
    auto manifest = manifests.constFind(digest);
    while (manifest != manifests.constEnd() && length < longestChain) {
        const auto subject = subjectOf(*manifest);
        manifest = subject ? manifests.constFind(*subject) : manifests.constEnd();
        length += subject && manifest != manifests.constEnd() ? 1 : 0;
    }
    return length;
}

bool isWanted(const RestoreItem &item, const std::optional<Reference> &wanted)
{
    if (!wanted)
        return true;
    const Digest *digest = wanted->digest();
    return digest ? item.manifest.digest == *digest : item.tag && *item.tag == *wanted->tag();
}

} // namespace

QList<Manifest> partsOf(const Digest &digest, const Manifests &manifests)
{
    QList<Manifest> parts;
    QSet<Digest> known;
    addParts(digest, manifests, parts, known);
    return parts;
}

QList<Descriptor> blobsOf(const QList<Manifest> &manifests)
{
    QList<Descriptor> blobs;
    QSet<Digest> known;
    const auto add = [&](const Descriptor &blob) {
        if (!known.contains(blob.digest))
            blobs.append(blob);
        known.insert(blob.digest);
    };
    for (const Manifest &manifest : manifests) {
        const ImageManifest *image = manifest.image();
        if (!image)
            continue;
        add(image->config);
        for (const Descriptor &layer : image->layers) {
            if (layer.mediaType.kind() != MediaType::Kind::ForeignLayer)
                add(layer);
        }
    }
    return blobs;
}

QList<RestoreItem> itemsOf(const Backup &backup, const std::optional<Reference> &wanted)
{
    QList<std::pair<int, RestoreItem>> ranked;
    const auto add = [&](const Digest &digest, const std::optional<Tag> &tag) {
        const RestoreItem item{backup.manifests.find(digest)->descriptor(), tag};
        if (isWanted(item, wanted))
            ranked.emplaceBack(rank(digest, backup.manifests), item);
    };
    for (const Backup::Entry &entry : backup.entries) {
        for (const Tag &tag : entry.tags)
            add(entry.manifest, tag);
        if (entry.tags.isEmpty())
            add(entry.manifest, {});
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    QList<RestoreItem> items;
    for (const auto &[place, item] : ranked)
        items.append(item);
    return items;
}

} // namespace Longshore
