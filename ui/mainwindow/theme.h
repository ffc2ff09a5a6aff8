// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/windowsettings.h"

namespace Longshore::Ui {

/// Colours the whole program. System leaves the colours to the desktop; the others are our own
/// palettes, because Qt 6.4 cannot ask a desktop for one.
void applyTheme(WindowSettings::Theme theme);

} // namespace Longshore::Ui
