// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/repositorysnapshot.h"

#include <QMultiMap>

namespace Longshore {

/// What is known of a manifest beyond its digest, once it was read.
struct ManifestDetails
{
    MediaType mediaType = {}; ///< Of the document.
    qint64 documentSize = 0; ///< In bytes.
    QDateTime created = {}; ///< Of an index the newest of its images; invalid when unknown.
    /// What the manifest itself names, configuration and layers, each once.
    QHash<Digest, qint64> blobs = {};
    /// Of all images in it: compressed bytes, each blob once; -1 when unknown.
    qint64 size = -1;
    bool isConfigKnown = false; ///< Whether platforms, labels and dates were looked for, and found.
    QStringList platforms = {}; ///< Each once, as Platform::toString() writes it.
    QMultiMap<QString, QString> labels = {}; ///< Of an index those of all its images.
    std::optional<Digest> subject = {}; ///< What it is about, when it is an artifact.

    friend bool operator==(const ManifestDetails &, const ManifestDetails &) = default;
};

/// A repository as rules see it.
struct RepositoryInventory
{
    RepositorySnapshot snapshot; ///< Every tag.
    /// Of the manifests that tags point to, and of those that indexes are made of. What is not here
    /// was not asked for, or could not be read.
    QHash<Digest, ManifestDetails> details = {};
    /// Manifests without a tag that refer to an image, where somebody has asked for them.
    QHash<Digest, QList<Digest>> referrers = {};
};

} // namespace Longshore
