// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"
#include "core/layout/fileslice.h"
#include "core/layout/unpack.h"
#include "core/oci/digest.h"

namespace Longshore {

/// A layer that belongs to no image yet.
struct NewLayer
{
    FileSlice content; ///< As it will be stored.
    Compression compression = Compression::None; ///< Of the same.
    Digest digest; ///< Of the same.
    Digest diffId; ///< Of the tar in it. OCI image-spec, config.md, "rootfs".
    qsizetype entries = 0; ///< Files, folders and links in the tar.
    /// Entries that take away something of the layers below. OCI image-spec, layer.md, "Whiteouts".
    qsizetype whiteouts = 0;
    static constexpr qsizetype mostNames = 500; ///< That are remembered.
    /// Of the first entries, in their order; cut where they are very long, and not fit to be shown.
    QStringList names = {};
};

/// Reads a file as a layer: a tar archive, as it is or compressed by gzip or zstd; nothing when it is
/// something else. What is in it decides, not its name. Links are followed: the path is what somebody
/// has chosen.
///
/// Blocks, so it belongs into a worker. An Error of kind Unsupported where layers must not be
/// compressed like that, or an entry has a name that leads out of the image; LocalFile when the file
/// cannot be read or is damaged, TooLarge when it unpacks to more than any layer, Cancelled.
[[nodiscard]] Result<std::optional<NewLayer>> readNewLayer(const QString &path,
                                                           const CancelFlag &cancelled);

} // namespace Longshore
