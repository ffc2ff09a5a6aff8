// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"

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
};

/// Lists names, page by page: each once, in the order of the server, only such as follow the
/// grammar. Fails only when not even the first page could be read.
class ListNamesJob : public ResultJob<ListSummary>
{
    Q_OBJECT

public:
    using ResultJob::ResultJob;

signals:
    void namesListed(const QStringList &page);
};

} // namespace Longshore
