// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/safefile.h"
#include "core/base/workerjob.h"
#include "core/layers/layerreader.h"
#include "core/layers/mergedtree.h"
#include "core/oci/digest.h"

namespace Longshore {

/// A layer on the disk, and the tar that it stands for.
struct StoredLayer
{
    QString file; ///< As it is stored in a registry.
    Digest diffId; ///< What the tar in it must hash to. OCI image-spec, config.md, "rootfs".
};

/// Layers on one another, as one tar.
struct LayerMerge
{
    QList<StoredLayer> layers; ///< The lowest first.
    QString target; ///< The file or folder to write.
    SafeFile::Existing existing = SafeFile::Existing::Keep; ///< What becomes of such a file.
    LayerLimits limits = {}; ///< How much may come out of each layer.
};

/// What is known of the merged tar before it is written.
struct MergedLayers
{
    MergedTree tree; ///< What is left of the layers.
    qint64 bytes = 0; ///< Of the contents of all files that are left.
};

/// Finds out what is left when these layers are put on one another. Every layer is read once, and
/// only headers are kept.
///
/// Blocks, so it belongs into a worker. Fails as LayerTar and MergedTree, Cancelled.
[[nodiscard]] Result<MergedLayers> surveyLayers(const LayerMerge &wanted,
                                                const CancelFlag &cancelled);

/// Writes that as a tar with everything that the entries say: owners, modes, times, extended
/// attributes. The size of it, in bytes. Every layer is read once more, and contents pass through, so
/// that memory does not depend on them.
///
/// Blocks, so it belongs into a worker. Fails as LayerTar and SafeFile, Cancelled.
[[nodiscard]] Result<qint64> writeMergedTar(const LayerMerge &wanted, const MergedLayers &survey,
                                            const CancelFlag &cancelled);

/// Writes that as a folder, which must not be there: see MergedFolderWriter. What was left out, and why.
/// What was broken off is removed.
///
/// Blocks, so it belongs into a worker. Fails as LayerTar and MergedFolderWriter, Cancelled.
[[nodiscard]] Result<QStringList> writeMergedFolder(const LayerMerge &wanted,
                                                    const MergedLayers &survey,
                                                    const CancelFlag &cancelled);

} // namespace Longshore
