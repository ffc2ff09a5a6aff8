// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Qt>

namespace Longshore::Ui {

/// What tables offer to whoever sorts and filters them.
enum TableRole {
    SortRole = Qt::UserRole + 1, ///< Of a cell: what it is, not how it is written.
    SearchRole, ///< Of a row, in its first column: every word of it, also those that are cut short.
};

} // namespace Longshore::Ui
