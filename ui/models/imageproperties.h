// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/imageconfig.h"
#include "core/oci/imagereference.h"
#include "ui/models/propertymodel.h"

namespace Longshore::Ui {

/// What the overview of an image says. \a root is what the reference points to, \a image the
/// manifest that is shown: the same, unless the root is an index.
[[nodiscard]] QList<Property> imageProperties(const Manifest &root, const Manifest &image,
                                              const std::optional<ImageConfig> &config);

/// The commands that pull an image: by the \a reference that it was opened with, and by its digest,
/// which means the same image for ever. None for an image in a file.
[[nodiscard]] QList<Property> pullProperties(const ImageReference &reference, const Digest &digest);

/// What can be said of a layer.
[[nodiscard]] QList<Property> layerProperties(const LayerRow &row);

} // namespace Longshore::Ui
