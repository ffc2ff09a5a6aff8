// SPDX-License-Identifier: Apache-2.0
#pragma once

class QAction;
class QPushButton;

namespace Longshore::Ui {

/// A button that does what the action does, and follows it: "<name>Button" is enabled, and says in
/// its tool tip why not, as the action is and does.
[[nodiscard]] QPushButton *actionButton(QAction &action);

} // namespace Longshore::Ui
