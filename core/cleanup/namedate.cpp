// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/namedate.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(NameDate)
};

constexpr std::array<QStringView, 6> fields{u"yyyy", u"MM", u"dd", u"HH", u"mm", u"ss"};
constexpr size_t neededFields = 3; // A month or a year is no date.

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

/// The number at the front of \a text, which has that many digits; -1 when it has not.
int takeNumber(QStringView &text, qsizetype length)
{
    if (text.size() < length)
        return -1;
    int number = 0;
    for (const QChar digit : text.left(length)) {
        if (!isDigit(digit))
            return -1;
        number = number * 10 + digit.digitValue();
    }
    text = text.mid(length);
    return number;
}

/// The date at the front of \a text.
QDateTime dateAtFront(QStringView text, QStringView pattern)
{
    std::array<int, fields.size()> values{};
    while (!pattern.isEmpty()) {
        const auto *const field =
            std::find_if(fields.begin(), fields.end(),
                         [pattern](QStringView name) { return pattern.startsWith(name); });
        if (field == fields.end()) {
            if (text.isEmpty() || text.front() != pattern.front())
                return {};
            text = text.mid(1);
            pattern = pattern.mid(1);
            continue;
        }
        const int number = takeNumber(text, field->size());
        if (number < 0)
            return {};
        values[static_cast<size_t>(field - fields.begin())] = number;
        pattern = pattern.mid(field->size());
    }
    if (!text.isEmpty() && isDigit(text.front()))
        return {}; // A part of a longer number.
    const QDate date(values[0], values[1], values[2]);
    const QTime time(values[3], values[4], values[5]);
    return date.isValid() && time.isValid() ? QDateTime(date, time, Qt::UTC) : QDateTime();
}

} // namespace

QDateTime dateInName(QStringView name, QStringView pattern)
{
    for (qsizetype start = 0; start < name.size(); ++start) {
        if (start > 0 && isDigit(name.at(start - 1)) && isDigit(name.at(start)))
            continue;
        const QDateTime date = dateAtFront(name.mid(start), pattern);
        if (date.isValid())
            return date;
    }
    return {};
}

std::optional<PatternFault> namePatternFault(const QString &pattern)
{
    for (size_t i = 0; i < fields.size(); ++i) {
        const QString field = fields.at(i).toString();
        if (i < neededFields && !pattern.contains(field))
            return PatternFault{pattern.size(), Text::tr("The pattern lacks \"%1\".").arg(field)};
        if (pattern.count(field) > 1)
            return PatternFault{pattern.lastIndexOf(field),
                                Text::tr("The pattern has \"%1\" twice.").arg(field)};
    }
    return {};
}

} // namespace Longshore
