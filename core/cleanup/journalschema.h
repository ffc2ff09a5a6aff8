// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

class QSqlDatabase;

namespace Longshore {

/// Makes the tables of the journal in a database that is open, unless they are there, and adds to
/// those of an earlier version what they lack. An Error of kind LocalFile; Unsupported when a later
/// version of the program has made them.
[[nodiscard]] Result<Done> prepareJournal(const QSqlDatabase &database);

} // namespace Longshore
