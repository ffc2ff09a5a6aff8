// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

class QAbstractItemModel;

/// Text as a hostile server sends it, and what must not be left of it on the screen.
namespace HostileText {

/// Markup, direction marks, controls, invisible characters, a megabyte.
[[nodiscard]] QStringList samples();
/// What is wrong with a text that somebody reads as plain text; empty when nothing is.
[[nodiscard]] QString complaintAbout(const QString &text);
/// What a person reads of a tool tip; Qt decides by its look whether it is markup.
[[nodiscard]] QString readToolTip(const QString &toolTip);
/// What is wrong with any text of any row of the model.
[[nodiscard]] QStringList complaintsAbout(const QAbstractItemModel &model);

} // namespace HostileText
