// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"
#include "core/oci/reference.h"

#include <functional>

namespace Longshore::Ui {

/// What an exported layer is called: "app_1.0_03_a3ed95caeb02.tar.gz". \a number counts from 1,
/// the lowest layer.
[[nodiscard]] QString layerFileName(const RepositoryName &repository, const Reference &reference,
                                    int number, const Descriptor &layer);

/// What an exported image is called, without the ending of its form: "app_1.0".
[[nodiscard]] QString imageFileName(const RepositoryName &repository, const Reference &reference);

/// What the image of an entry of an index is called, without the ending: "app_1.0_linux-arm64".
[[nodiscard]] QString platformFileName(const RepositoryName &repository, const Reference &index,
                                       const Descriptor &entry);

/// What several exported images of a repository are called, without the ending: "app_images".
[[nodiscard]] QString imagesFileName(const RepositoryName &repository);

/// \a path, or with a number in the name, "app_1.0 (2).tar", what nothing has yet, as far as \a isTaken says.
[[nodiscard]] QString unusedPath(const QString &path,
                                 const std::function<bool(const QString &)> &isTaken);

} // namespace Longshore::Ui
