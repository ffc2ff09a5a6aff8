// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/manifest.h"

#include <QHash>

namespace Longshore {

/// Manifests by their digest.
using Manifests = QHash<Digest, Manifest>;

/// An image and everything that belongs to it.
struct ImageParts
{
    Manifest root; ///< What names the image: its manifest, or an index.
    Manifests manifests; ///< All of them, the root included.
    QMap<Digest, Descriptor> blobs = {}; ///< Configurations and layers, each once.
    QList<Descriptor> foreign = {}; ///< Layers that may not be distributed; not among the blobs.

    /// What \a root is made of, whose entries are in \a manifests. An Error of kind Unsupported for
    /// manifests that tell nothing of their blobs, as schema 1, and Protocol for two sizes of a blob.
    [[nodiscard]] static Result<ImageParts> of(const Manifest &root, const Manifests &manifests);

    /// What is among this of \a top, an index of some of these manifests; fails as of().
    [[nodiscard]] Result<ImageParts> part(const Manifest &top) const;
    /// The manifests that are images for a platform, without what is only about them, in the order of
    /// the indexes. The platforms are those that an index names.
    [[nodiscard]] QList<Descriptor> images() const;
    /// In bytes, of manifests and blobs; as large as a number can be when the sum is larger.
    [[nodiscard]] qint64 size() const;
};

} // namespace Longshore
