// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>

namespace Longshore::Ui {

enum class Tint {
    Text, ///< As the text around it.
    Warning, ///< So that it is not overlooked.
};

/// One of our own icons, :/icons/<name>.svg, drawn in a colour that fits the text around it.
///
/// Icon themes of desktops lack half of the names, and what they have does not follow a dark
/// palette; these do, also when the palette changes while the program runs.
[[nodiscard]] QIcon tintedIcon(const QString &name, Tint tint = Tint::Text);

} // namespace Longshore::Ui
