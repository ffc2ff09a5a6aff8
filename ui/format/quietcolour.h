// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>

namespace Longshore::Ui {

/// For text that matters less than the text around it: paler than that, and unlike the colour
/// of disabled text still easy to read, with a contrast above 4.5 to 1 in both themes.
[[nodiscard]] QColor quietColour();

} // namespace Longshore::Ui
