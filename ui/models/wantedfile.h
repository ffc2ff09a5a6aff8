// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"
#include "core/oci/reference.h"

namespace Longshore::Ui {

/// A layer that can be exported.
struct LayerChoice
{
    Reference image; ///< Names the file.
    Descriptor layer;
    int number = 0; ///< From 1, the lowest.
    /// Of the image that has it, where \a image names several; nothing where it names that one.
    std::optional<Digest> manifest = {};
};

/// Something that was dragged to where it shall be a file.
struct WantedFile
{
    QString path;
    QList<Reference> images;
    std::optional<LayerChoice> layer = {}; ///< Of the only image; nothing for whole images.
    std::optional<Tag> tag = {}; ///< What the only image is called, if its reference is a digest.
};

} // namespace Longshore::Ui
