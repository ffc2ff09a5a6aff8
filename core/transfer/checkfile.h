// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"
#include "core/oci/descriptor.h"

namespace Longshore {

/// Whether the file at \a path is a regular one that holds exactly the content that \a wanted
/// names. Reads all of it, so it belongs into a worker; false once \a cancelled.
[[nodiscard]] bool holdsContent(const QString &path, const Descriptor &wanted,
                                const CancelFlag &cancelled);

} // namespace Longshore
