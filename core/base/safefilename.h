// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Longshore {

/// \a text as one component of a path that every file system takes: no separators, no reserved
/// names, no controls, not "." or "..", at most 200 bytes. Never empty.
[[nodiscard]] QString safeFileName(const QString &text);

} // namespace Longshore
