// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <QtGlobal>

namespace Longshore {

/// What a list amounted to.
struct ListSummary
{
    qsizetype count = 0; ///< Names handed over.
    qsizetype invalidCount = 0; ///< Entries that are no names; they were left out.
    /// Why the list may lack names, although some arrived. Nothing may be deleted by digest on
    /// the strength of such a list.
    std::optional<Error> incomplete = {};
};

} // namespace Longshore
