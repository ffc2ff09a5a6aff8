// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>

namespace Longshore::Ui {

/// One of our own icons, :/icons/<name>.svg, drawn in the colour of the text around it.
///
/// Icon themes of desktops lack half of the names, and what they have does not follow a dark
/// palette; these do, also when the palette changes while the program runs.
[[nodiscard]] QIcon tintedIcon(const QString &name);

} // namespace Longshore::Ui
