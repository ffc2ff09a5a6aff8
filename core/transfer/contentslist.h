// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exportimagejob.h"

namespace Longshore {

/// What the name of a list of contents has behind that of what it is of.
inline constexpr QLatin1StringView contentsEnding(".contents.txt");

/// Where the list of the contents of a file or folder is: beside it.
[[nodiscard]] QString contentsPath(const QString &path);

/// What lies beside an export besides: its check sums and this list.
/// @{
[[nodiscard]] QStringList endingsBeside();
[[nodiscard]] QStringList pathsBeside(const QString &path);
/// @}

/// Whether that is such a list, and may be replaced by another one. Reads its end.
[[nodiscard]] bool isContentsList(const QString &path);

/// What \a set brings, as the registry stores it, for people to read: each image with its manifests and blobs, what refers to it and
/// what is left out, and how much all of it is. Sizes are those of blobs as they are stored, in bytes. In
/// English and without a time, so that the same export gives the same bytes; the program is named.
[[nodiscard]] QByteArray contentsList(const ImageSet &set);

/// The same for files of single layers of \a image.
[[nodiscard]] QByteArray contentsList(const ImageChoice &choice, const Manifest &image,
                                      const QList<ExportedLayer> &layers);

} // namespace Longshore
