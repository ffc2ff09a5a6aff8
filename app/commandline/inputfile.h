// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace Longshore {

/// More than any registry takes.
constexpr qint64 largestManifest = 16 * 1024 * 1024;

/// The whole of a small regular file; an error when it has more than \a maximum bytes.
[[nodiscard]] Result<QByteArray> readInputFile(const QString &path, qint64 maximum);

} // namespace Longshore
