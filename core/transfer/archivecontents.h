// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/imageparts.h"
#include "core/session/readlayercontentsjob.h"
#include "core/transfer/archiveentry.h"

#include <functional>

namespace Longshore {

/// What an archive calls the image that is in it.
struct ArchiveNames
{
    QString tag = {}; ///< Alone, as layouts write it; empty for no name.
    QString reference = {}; ///< The whole, "host/repository:tag"; empty for no name.
};

/// Where the file of a blob is.
using BlobPaths = std::function<QString(const Digest &digest)>;

/// An OCI image layout: OCI image-spec, image-layout.md. Where it holds one image for one platform
/// only, and nothing that may not be distributed, it is also what "docker load" takes.
[[nodiscard]] QList<ArchiveEntry> ociArchive(const ImageParts &parts, const ArchiveNames &names,
                                             const BlobPaths &paths);

/// A layer of a Docker archive.
struct PlainLayer
{
    LayerContent content; ///< What is stored, and what is in it.
    qint64 size = 0; ///< Of the tar, in bytes.
};

/// What "docker save" wrote before it knew layouts, without the folders that no reader needs any more:
/// layers as plain tars. Docker image-spec v1.2, "Combined Image JSON + Filesystem Changeset Format".
[[nodiscard]] QList<ArchiveEntry> dockerArchive(const ImageManifest &image,
                                                const QList<PlainLayer> &layers,
                                                const ArchiveNames &names, const BlobPaths &paths);

} // namespace Longshore
