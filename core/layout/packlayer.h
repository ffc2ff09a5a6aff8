// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/newlayer.h"
#include "core/layout/ownership.h"

#include <QStringList>

namespace Longshore {

/// Files that shall become a layer.
struct FilesToPack
{
    QStringList paths; ///< Files, links, and folders with all that is in them.
    /// Where they shall be in the image, from its root; empty for the root itself. It is no entry of
    /// the layer: what the image has there keeps its owner and mode.
    QString folder = {};
    Ownership ownership = {}; ///< Of all of them.
};

/// Packs files into a layer that is compressed by gzip, in a private temporary file that goes with it.
///
/// The same files give the same layer, whenever and by whomever it is made: names are sorted, times
/// are 0, everything belongs to root, or to whom it was given. Modes are kept where nobody says which,
/// but for the bits that would lend rights of the owner to whoever runs a file. Links stay links.
///
/// Blocks, so it belongs into a worker. Fails as InvalidInput for a folder that leads out of the image
/// or two files of one name; as Unsupported for devices, pipes and sockets; as TooLarge for more than
/// 1,000,000 files, as LocalFile, SizeMismatch for a file that changes meanwhile, Cancelled.
[[nodiscard]] Result<NewLayer> packLayer(const FilesToPack &files, const CancelFlag &cancelled);

} // namespace Longshore
