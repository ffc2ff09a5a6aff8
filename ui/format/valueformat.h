// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace Longshore::Ui {

/// "84.2 MiB"; a dash for an unknown (negative) size.
[[nodiscard]] QString formatBytes(qint64 bytes);
/// "84,201,984 bytes", for tooltips beside formatBytes().
[[nodiscard]] QString formatExactBytes(qint64 bytes);

/// "3 weeks ago"; a dash for an invalid date.
[[nodiscard]] QString formatAge(const QDateTime &date,
                                const QDateTime &now = QDateTime::currentDateTimeUtc());
/// Local date and time, with the zone, for tooltips beside formatAge().
[[nodiscard]] QString formatDate(const QDateTime &date);

/// "about 3 minutes", for what was estimated; in seconds.
[[nodiscard]] QString formatEstimate(qint64 seconds);
/// "1 minute, 5 seconds left" in short form; empty for an unknown (negative) time.
[[nodiscard]] QString formatTimeLeft(qint64 seconds);
/// "0:42", "1:02:03", for what has passed; in seconds.
[[nodiscard]] QString formatElapsed(qint64 seconds);

} // namespace Longshore::Ui
