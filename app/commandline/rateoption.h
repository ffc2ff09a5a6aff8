// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace Longshore {

/// The bytes per second that "500", "500K", "1.5M" or "2G" mean, of which each letter is 1024 times
/// the one before; nothing when it is none of these, or less than one byte.
[[nodiscard]] std::optional<qint64> parseRate(const QString &text);

} // namespace Longshore
