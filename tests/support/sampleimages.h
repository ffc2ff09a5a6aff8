// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/digest.h"
#include "support/realregistry.h"

/// Images for a real registry that other programs can unpack, all in its repository "team/app".
namespace SampleImages {

/// Pushes an image of linux for one architecture, which is its tag too, with two layers that are
/// compressed: "gzip" or "zstd". Its digest.
Longshore::Digest pushImage(RealRegistry &registry, const QString &architecture,
                            const QString &compression);
/// Pushes an index of such images.
Longshore::Digest pushIndex(RealRegistry &registry, const QString &tag,
                            const QStringList &architectures);
/// The layers of such an image before they are compressed.
[[nodiscard]] QList<QByteArray> plainLayers(const QString &architecture);
[[nodiscard]] QByteArray compressed(const QByteArray &bytes, const QString &compression);

} // namespace SampleImages
