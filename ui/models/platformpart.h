// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/platform.h"

namespace Longshore::Ui {

/// What there is of some images for one platform.
struct PlatformPart
{
    Platform platform; ///< As their indexes name it.
    qint64 bytes = -1; ///< -1 where nobody knows.
};

} // namespace Longshore::Ui
