// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>

namespace Longshore::Ui {

/// For what must not be overlooked, beside words that say it: a red with a contrast above 4.5 to 1
/// to the ground of texts in both themes.
[[nodiscard]] QColor warningColour();

} // namespace Longshore::Ui
