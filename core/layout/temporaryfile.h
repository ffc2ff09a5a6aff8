// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QTemporaryFile>

#include <memory>

namespace Longshore {

/// A file in the folder for temporary ones, open, which goes with the object; where the system can do
/// that it has no name. An Error of kind LocalFile.
[[nodiscard]] Result<std::unique_ptr<QTemporaryFile>> openTemporaryFile();

/// Why one could not be made or written, for a message.
[[nodiscard]] Error cannotWriteTemporaryFile(const QString &reason);

} // namespace Longshore
