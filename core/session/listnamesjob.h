// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/session/listsummary.h"

#include <QStringList>

namespace Longshore {

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
