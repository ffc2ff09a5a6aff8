// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Longshore::Ui {

/// Text for a tool tip that says exactly that: Qt takes what looks like markup for markup, and
/// breaks the lines of nothing else. \a text has been made safe to show.
[[nodiscard]] QString toolTipText(const QString &text);

} // namespace Longshore::Ui
