// SPDX-License-Identifier: Apache-2.0
#pragma once

class QWidget;

namespace Longshore::Ui {

/// Shows the name and the version of the program.
void showAboutDialog(QWidget *parent);

} // namespace Longshore::Ui
