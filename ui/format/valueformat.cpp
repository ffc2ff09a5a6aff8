// SPDX-License-Identifier: Apache-2.0
#include "ui/format/valueformat.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ValueFormat)
};

QString dash()
{
    return u"\u2013"_s;
}

} // namespace

QString formatBytes(qint64 bytes)
{
    return bytes < 0 ? dash() : QLocale().formattedDataSize(bytes, 1);
}

QString formatExactBytes(qint64 bytes)
{
    return bytes < 0 ? Text::tr("Size unknown")
                     : Text::tr("%1 bytes").arg(QLocale().toString(bytes));
}

QString formatAge(const QDateTime &date, const QDateTime &now)
{
    if (!date.isValid())
        return dash();
    const qint64 seconds = date.secsTo(now);
    if (seconds < 60)
        return Text::tr("just now");
    const int minutes = static_cast<int>(seconds / 60);
    const int hours = minutes / 60;
    const int days = hours / 24;
    if (hours == 0)
        return Text::tr("%n minute(s) ago", nullptr, minutes);
    if (days == 0)
        return Text::tr("%n hour(s) ago", nullptr, hours);
    if (days < 14)
        return Text::tr("%n day(s) ago", nullptr, days);
    if (days < 61)
        return Text::tr("%n week(s) ago", nullptr, days / 7);
    if (days < 730)
        return Text::tr("%n month(s) ago", nullptr, days * 12 / 365);
    return Text::tr("%n year(s) ago", nullptr, days / 365);
}

QString formatDate(const QDateTime &date)
{
    return date.isValid() ? QLocale().toString(date.toLocalTime(), QLocale::LongFormat)
                          : Text::tr("No usable date");
}

QString formatEstimate(qint64 seconds)
{
    if (seconds < 60)
        return Text::tr("less than a minute");
    if (seconds < 3600)
        return Text::tr("about %n minute(s)", nullptr, static_cast<int>((seconds + 30) / 60));
    const qint64 hours = qMin<qint64>((seconds + 1800) / 3600, 1'000'000);
    return Text::tr("about %n hour(s)", nullptr, static_cast<int>(hours));
}

QString formatTimeLeft(qint64 seconds)
{
    if (seconds < 0)
        return {};
    if (seconds < 60)
        return Text::tr("%n second(s) left", nullptr, static_cast<int>(seconds));
    if (seconds < 3600)
        return Text::tr("%n minute(s) left", nullptr, static_cast<int>((seconds + 59) / 60));
    return Text::tr("%n hour(s) left", nullptr, static_cast<int>((seconds + 3599) / 3600));
}

QString formatElapsed(qint64 seconds)
{
    const auto twoDigits = [](qint64 number) { return u"%1"_s.arg(number, 2, 10, QChar(u'0')); };
    const qint64 minutes = seconds / 60;
    const QString end = u':' + twoDigits(seconds % 60);
    if (minutes < 60)
        return QString::number(minutes) + end;
    return QString::number(minutes / 60) + u':' + twoDigits(minutes % 60) + end;
}

} // namespace Longshore::Ui
