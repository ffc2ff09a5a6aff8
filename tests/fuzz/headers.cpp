// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpresponse.h"
#include "core/http/retrypolicy.h"
#include "core/http/warningheader.h"
#include "fuzz/fuzztarget.h"

using namespace Longshore;

/// Content-Range, Retry-After and Warning: never backwards, never in the past, never too long.
void fuzz(const QByteArray &input)
{
    if (const auto range = parseContentRange(input)) {
        require(range->first >= 0 && range->last >= range->first);
        require(range->total == -1 || range->total > range->last);
    }
    const QDateTime now(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    if (const auto wait = parseRetryAfter(input, now))
        require(wait->count() >= 0);
    qsizetype size = 0;
    for (const QString &text : parseWarnings(input))
        size += text.toUtf8().size();
    require(size <= 4096);
}
