// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Longshore {

/// Characters shown of a text that came from outside.
constexpr qsizetype shownLength = 512;

/// Makes text from a server, a file or a drop safe to show: controls, direction marks, invisible
/// and private characters become visible as \\u{...}, long text is cut with an ellipsis, piles of
/// combining marks are thinned out. The result is still plain text; it is never markup.
[[nodiscard]] QString displayText(const QString &text, qsizetype maximum = shownLength);

/// displayText() for use inside one of our own sentences: isolated, so that its direction
/// cannot reorder the words around it.
[[nodiscard]] QString quotedText(const QString &text);

/// quotedText() of a file or folder, as this system writes its path.
[[nodiscard]] QString quotedPath(const QString &path);

/// displayText() for menus, tabs and buttons, where "&" would mark a shortcut.
[[nodiscard]] QString labelText(const QString &text);

} // namespace Longshore
