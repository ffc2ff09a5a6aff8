// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <limits>

namespace Longshore {

/// The sum of two sizes in bytes, neither of them negative. Sizes are what servers say: a sum that no
/// number can hold is the largest one.
[[nodiscard]] inline qint64 saturatingSum(qint64 sum, qint64 size)
{
    return sum + std::min(size, std::numeric_limits<qint64>::max() - sum);
}

} // namespace Longshore
