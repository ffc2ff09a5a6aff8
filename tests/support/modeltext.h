// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QAbstractItemModel;

/// The rows of a model as text, one a line, children two blanks further in, columns between bars.
/// Rows that are not loaded yet stay so.
[[nodiscard]] QString treeText(const QAbstractItemModel &model, int columns = 1);
