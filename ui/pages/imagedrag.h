// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/imagereference.h"
#include "ui/models/wantedfile.h"
#include "ui/views/outwarddrag.h"

namespace Longshore::Ui {

/// Called with the file that something dragged was dropped as.
using TakeFile = std::function<void(const WantedFile &file)>;

/// A layer of \a image, as it is stored.
[[nodiscard]] OutwardDrag layerDrag(const ImageReference &image, const LayerChoice &layer,
                                    const TakeFile &take);
/// The image of an entry of the index \a index, as an archive.
[[nodiscard]] OutwardDrag platformDrag(const ImageReference &index, const Descriptor &entry,
                                       const TakeFile &take);

} // namespace Longshore::Ui
