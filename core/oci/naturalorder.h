// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Longshore {

/// Orders names as people count: "v1.9" before "v1.10", "2.0.0-rc.1" before "2.0.0".
///
/// Negative, zero or positive, as \a left is before, equal to or after \a right. Independent of
/// the locale; zero only for equal texts.
[[nodiscard]] int naturalCompare(QStringView left, QStringView right);

/// A text whose plain comparison gives the natural order of names: whoever sorts many makes the
/// keys once. Names that count the same, such as "v01" and "v1", have the same key.
[[nodiscard]] QString naturalKey(QStringView name);

} // namespace Longshore
