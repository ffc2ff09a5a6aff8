// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"

namespace Longshore {

/// What the name of check sums has behind that of what they are of.
inline constexpr QLatin1StringView checksumsEnding(".sha256");

/// Where the check sums of a file or folder are: beside it.
[[nodiscard]] QString checksumsPath(const QString &path);

/// The line that "sha256sum --check" takes for \a file, as if it were called \a name. Fails as
/// writeChecksums().
[[nodiscard]] Result<QByteArray> checksumOf(const QString &file, const QString &name,
                                            const CancelFlag &cancelled);

/// Writes the SHA-256 of a file, or of every file in a folder, so that "sha256sum --check" takes it where
/// they are. Replaces what has the name.
///
/// Blocks, so it belongs into a worker. An Error of kind LocalFile, Cancelled.
[[nodiscard]] Result<Done> writeChecksums(const QString &path, const CancelFlag &cancelled);

} // namespace Longshore
