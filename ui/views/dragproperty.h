// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

/// The property by which the two sides of a drag on X11 agree on a file. It is on the window that owns
/// the drag, which Qt makes when the drag begins.
namespace Longshore::Ui::DragProperty {

/// Whether there is such a thing: not on Wayland, nor on other systems.
[[nodiscard]] bool isThere();
/// What it says at the moment; empty while nothing is dragged.
[[nodiscard]] QByteArray read();
/// Proposes a name to where things will be dropped. Only while something is dragged.
void write(const QByteArray &fileName);

} // namespace Longshore::Ui::DragProperty
