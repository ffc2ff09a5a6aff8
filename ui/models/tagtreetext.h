// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/tagtreenode.h"

#include <QVariant>

namespace Longshore::Ui {

/// What the rows of the tag tree say.
namespace TagTreeText {

/// The text of a cell; the columns are those of TagTreeModel.
[[nodiscard]] QString cell(const TagTreeNode &node, int column);
/// What a cell answers to any of Qt's own roles.
[[nodiscard]] QVariant value(const TagTreeNode &node, int column, int role);
[[nodiscard]] QVariant header(int column, int role);

} // namespace TagTreeText

} // namespace Longshore::Ui
