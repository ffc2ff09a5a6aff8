// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/tagpattern.h"

#include <QDateTime>

namespace Longshore {

/// The date in the name of a tag: \a pattern with its "yyyy", "MM", "dd", "HH", "mm" and "ss"
/// replaced by digits, anywhere in \a name. In UTC; invalid when there is none. "yyyyMMdd" finds the
/// date in "nightly-20240301".
[[nodiscard]] QDateTime dateInName(QStringView name, QStringView pattern);
/// Why \a pattern can find no date; nothing when it is well-formed.
[[nodiscard]] std::optional<PatternFault> namePatternFault(const QString &pattern);

} // namespace Longshore
