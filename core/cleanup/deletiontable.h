// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/cleanupreport.h"
#include "core/cleanup/reporttable.h"

#include <QDateTime>

namespace Longshore {

/// What became of a deletion, for a file: a row for each tag, and for each manifest without any. \a
/// host is the registry as references write it.
[[nodiscard]] ReportTable deletionTable(const CleanupReport &report, const QString &host,
                                        const QDateTime &now);

/// What the parts of some deletions took, all of them together, in seconds; nothing where none ran.
[[nodiscard]] QList<ReportTable::Fact> timeFacts(const QList<DeletionTimes> &runs);

} // namespace Longshore
