// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/manifest.h"

#include <QDateTime>

namespace Longshore {

/// A layer that an image shall get on top of its others.
struct LayerAddition
{
    /// What compresses it.
    using Packing = MediaType::Packing;

    Digest digest; ///< As it is stored.
    qint64 size = 0; ///< In bytes, as it is stored.
    Packing packing = Packing::Gzip; ///< As it is stored.
    Digest diffId; ///< Of the tar in it. OCI image-spec, config.md, "rootfs".
    QDateTime created; ///< When the new image was made.
    QString createdBy; ///< For the history: how the layer was made.
    QString comment = {}; ///< For the history; empty for none.
    QString author = {}; ///< Of the layer, and from then on of the image; empty for none.
};

/// A manifest and the configuration that it names.
struct ExtendedImage
{
    Manifest manifest; ///< Of the same family as that of the base.
    QByteArray config; ///< The bytes of the configuration.
};

/// An image for \a platform that has no layer yet, in OCI's form: what a first layer can be put on.
[[nodiscard]] ExtendedImage emptyImage(const Platform &platform);

/// The image \a base, whose configuration is \a config, with one more layer. Of both documents
/// everything else stays what it was, also what nobody here knows; only the date of the image is
/// that of the layer, as is its author where there is one, and the history gets an entry where it
/// tells of all the layers below.
///
/// An Error of kind Unsupported for what is no image and for a layer that its family has no type for;
/// Protocol when the configuration is damaged or speaks of other layers.
[[nodiscard]] Result<ExtendedImage> extendImage(const Manifest &base, const QByteArray &config,
                                                const LayerAddition &layer);

} // namespace Longshore
