// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

class QSqlDatabase;

namespace Longshore {

/// Makes the tables of the journal in a database that is open, unless they are there, and adds to
/// those of an earlier version what they lack. An Error of kind LocalFile; Unsupported when a later
/// version of the program has made them.
[[nodiscard]] Result<Done> prepareJournal(const QSqlDatabase &database);

/// The version of the tables in a database that is open, which stay as they are: an earlier version
/// of the program may still write to them. 0 for none; fails as prepareJournal().
[[nodiscard]] Result<int> journalVersion(const QSqlDatabase &database);
/// The first version whose tables say who made a change, by which connection, and what it replaced.
inline constexpr int journalVersionWithUsers = 2;

} // namespace Longshore
