// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/platform.h"

namespace Longshore::Ui {

/// What there is of some images for one platform.
struct PlatformPart
{
    Platform platform; ///< As their indexes name it; of those that satisfy each other the first.
    qint64 bytes =
        -1; ///< Of the image that is taken where it is wanted alone; -1 where nobody knows.
    qint64 allBytes = -1; ///< Of every image that is kept where it is one of several.
};

/// Whether whoever takes one of them has the other as well: names for the same, or features alone.
[[nodiscard]] inline bool isSamePart(const Platform &one, const Platform &other)
{
    return one.satisfies(other) && other.satisfies(one);
}

} // namespace Longshore::Ui
