// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QStringList>

namespace Longshore {

/// What a list amounted to.
struct ListSummary
{
    qsizetype count = 0; ///< Names handed over.
    qsizetype invalidCount = 0; ///< Entries that are no names; they were left out.
    /// Why the list may lack names, although some arrived. Nothing may be deleted by digest on
    /// the strength of such a list.
    std::optional<Error> incomplete = {};
    /// The first of the entries that are no names, where they are text: safe to show.
    QStringList invalidNames = {};
    /// Where an incomplete list goes on, for ListNamesJob::goOnAt(); empty where nobody can tell.
    QByteArray rest = {};
};

} // namespace Longshore
