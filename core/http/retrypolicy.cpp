// SPDX-License-Identifier: Apache-2.0
#include "core/http/retrypolicy.h"

#include <QLocale>
#include <QRandomGenerator>

#include <algorithm>

namespace Longshore {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::optional<milliseconds> RetryPolicy::delayAfter(int attempt, const Error &error,
                                                    bool isSafe) const
{
    const bool askedToWait = error.httpStatus == 429 || error.httpStatus == 503;
    if (attempt >= attempts || !error.isRetryable() || !(isSafe || askedToWait))
        return {};
    if (error.retryAfter)
        return *error.retryAfter <= longestServerDelay
                   ? std::optional<milliseconds>(*error.retryAfter)
                   : std::nullopt;
    const auto full = std::min(firstDelay * (1 << std::min(attempt - 1, 20)), longestDelay);
    // Full jitter: many clients that failed together must not come back together.
    return milliseconds(QRandomGenerator::global()->bounded(static_cast<int>(full.count()) + 1));
}

std::optional<seconds> parseRetryAfter(const QByteArray &value, const QDateTime &now)
{
    bool isNumber = false;
    const qint64 number = value.trimmed().toLongLong(&isNumber);
    if (isNumber)
        return number >= 0 ? std::optional(seconds(number)) : std::nullopt;
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(value).trimmed(),
                                             QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    date.setTimeSpec(Qt::UTC);
    if (!date.isValid() || date < now)
        return {};
    return seconds(now.secsTo(date));
}

} // namespace Longshore
