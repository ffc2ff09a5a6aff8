// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/readlayercontentsjob.h"
#include "core/transfer/archiveentry.h"
#include "core/transfer/imageset.h"

namespace Longshore {

/// An OCI image layout: OCI image-spec, image-layout.md. Where each image is for one platform
/// only, nothing may not be distributed and nothing was left out, it is also what "docker load" takes;
/// what was left out, missing-blobs.json lists.
[[nodiscard]] QList<ArchiveEntry> ociArchive(const ImageSet &set, const BlobPaths &paths);

/// A layer of a Docker archive.
struct PlainLayer
{
    LayerContent content; ///< What is stored, and what is in it.
    qint64 size = 0; ///< Of the tar, in bytes.
};

/// An image of a Docker archive.
struct PlainImage
{
    ImageManifest manifest; ///< As it is stored.
    QList<PlainLayer> layers; ///< The lowest first.
    ImageNames names = {}; ///< What it is called.
};

/// What "docker save" wrote before it knew layouts, without the folders that no reader needs any more:
/// layers as plain tars. Docker image-spec v1.2, "Combined Image JSON + Filesystem Changeset Format".
[[nodiscard]] QList<ArchiveEntry> dockerArchive(const QList<PlainImage> &images,
                                                const BlobPaths &paths);

} // namespace Longshore
