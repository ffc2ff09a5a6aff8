// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/safefile.h"
#include "core/base/workerjob.h"
#include "core/layers/layerreader.h"
#include "core/oci/digest.h"

namespace Longshore {

/// A layer on the disk, and what is to be made of it.
struct LayerInflation
{
    QString layer; ///< The file as it is stored in a registry.
    Digest diffId; ///< What the tar in it must hash to. OCI image-spec, config.md, "rootfs".
    QString tar; ///< The file to write.
    SafeFile::Existing existing = SafeFile::Existing::Keep; ///< What becomes of such a file.
    LayerLimits limits = {}; ///< How much may come out.
};

/// Writes the tar that a layer holds; its size in bytes. The file has its name only when it is what
/// the configuration says.
///
/// Blocks, so it belongs into a worker. Fails as LayerReader and SafeFile, and as DigestMismatch;
/// with Error::Kind::Unsupported when there is no way to check such a diff ID.
[[nodiscard]] Result<qint64> inflateLayer(const LayerInflation &wanted,
                                          const CancelFlag &cancelled);

/// Reads a layer to its end without writing anything; the size of the tar that it holds, in bytes.
/// Fails as inflateLayer().
[[nodiscard]] Result<qint64> inflatedSize(const QString &layer, const Digest &diffId,
                                          const CancelFlag &cancelled,
                                          const LayerLimits &limits = {});

} // namespace Longshore
