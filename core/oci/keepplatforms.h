// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/manifest.h"

namespace Longshore {

/// \a index with the images for some platforms alone, and what attests to them: an index with a digest of
/// its own. Whatever else it holds stays byte for byte, and so does all of it when nothing is left out,
/// or when no platform is named.
///
/// Fails with Error::Kind::InvalidInput when it is no index, and as noImageFor() for a platform that it
/// lacks.
[[nodiscard]] Result<Manifest> keepPlatforms(const Manifest &index,
                                             const QList<Platform> &platforms);

/// "windows/amd64 10.0.17763.1": with the version of the system where it has one, as Windows does, which
/// tells such platforms apart.
[[nodiscard]] QString platformName(const Platform &platform);
/// An Error of kind NotFound that names the platforms that there are instead, as platformNames().
[[nodiscard]] Error noImageFor(const Platform &wanted, const QStringList &offered);
/// platformName() of the images that \a index lists, in their order.
[[nodiscard]] QStringList platformNames(const ImageIndex &index);

} // namespace Longshore
