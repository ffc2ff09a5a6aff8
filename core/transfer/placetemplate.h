// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/placeexport.h"

namespace Longshore {

/// Paths of exports may hold fields that the image fills in: {host}, {repository}, {name} for the last
/// part of that, {tag}, {digest}, {platform}. "{{" and "}}" stand for the brackets themselves.
///
/// What a field becomes is one safe component of a path, as safeFileName() makes it, so that only what
/// was written outside of fields makes folders.
/// @{

/// Whether \a path has a field that cannot be filled in before the digest of the image is known.
[[nodiscard]] bool hasDigestField(const QString &path);

/// \a path as it is for \a image; no platform stands for all of them, several are joined by "+". An Error of kind InvalidInput for a
/// field that there is not, a bracket that stands alone, and for {digest} where nobody knows it.
[[nodiscard]] Result<QString> filledIn(const QString &path, const ImageReference &image,
                                       const QList<Platform> &platforms);

/// An export for each of the places that \a wanted comes to, in the order of their first images; those
/// whose places are the same stay together. Fails as filledIn().
[[nodiscard]] Result<QList<PlaceExport>> filledIn(const PlaceExport &wanted);
/// @}

} // namespace Longshore
