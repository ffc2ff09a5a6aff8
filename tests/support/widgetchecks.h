// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

class QWidget;

/// What every window and dialog has to keep, whatever is in it. Each function gives one sentence
/// for each widget that does not; visible or not.
namespace WidgetChecks {

/// Controls that assistive tools or tests cannot tell from others.
[[nodiscard]] QStringList namelessControls(const QWidget &window);
/// Labels that would read text from outside as markup.
[[nodiscard]] QStringList labelsWithMarkup(const QWidget &window);
/// Letters behind "&" that stand for two things at once, in each menu and on what is visible.
[[nodiscard]] QStringList doubleMnemonics(const QWidget &window);
/// Enabled controls that Tab never comes to. Moves the focus.
[[nodiscard]] QStringList unreachableByTab(QWidget &window);

/// All of the above.
[[nodiscard]] QStringList complaintsAbout(QWidget &window);

} // namespace WidgetChecks
