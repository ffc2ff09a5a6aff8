// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/imageconfig.h"
#include "ui/models/propertymodel.h"

namespace Longshore::Ui {

/// What the overview of an image says. \a root is what the reference points to, \a image the
/// manifest that is shown: the same, unless the root is an index.
[[nodiscard]] QList<Property> imageProperties(const Manifest &root, const Manifest &image,
                                              const std::optional<ImageConfig> &config);

/// What can be said of a layer.
[[nodiscard]] QList<Property> layerProperties(const LayerRow &row);

} // namespace Longshore::Ui
