// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"
#include "core/oci/reference.h"

namespace Longshore::Ui {

/// \a text as one component of a path that every file system takes: no separators, no reserved
/// names, no controls, not "." or "..", at most 200 bytes. Never empty.
[[nodiscard]] QString safeFileName(const QString &text);

/// What an exported layer is called: "app_1.0_03_a3ed95caeb02.tar.gz". \a number counts from 1,
/// the lowest layer.
[[nodiscard]] QString layerFileName(const RepositoryName &repository, const Reference &reference,
                                    int number, const Descriptor &layer);

/// What an exported image is called, without the ending of its form: "app_1.0".
[[nodiscard]] QString imageFileName(const RepositoryName &repository, const Reference &reference);

} // namespace Longshore::Ui
