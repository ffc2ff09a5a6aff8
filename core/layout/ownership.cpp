// SPDX-License-Identifier: Apache-2.0
#include "core/layout/ownership.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Longshore {

/// Digits alone: Qt would also take signs and spaces.
static std::optional<quint32> parseNumber(const QString &text, int base)
{
    static const QRegularExpression digits(u"\\A[0-9]+\\z"_s);
    bool isNumber = false;
    const quint32 number = text.toUInt(&isNumber, base);
    return isNumber && digits.match(text).hasMatch() ? std::optional(number) : std::nullopt;
}

std::optional<Ownership> Ownership::parseOwner(const QString &text)
{
    const QStringList parts = text.split(u':');
    const auto user = parseNumber(parts.first(), 10);
    const auto group = parseNumber(parts.last(), 10);
    if (parts.size() > 2 || !user || !group)
        return {};
    return Ownership{*user, *group};
}

std::optional<int> Ownership::parseMode(const QString &text)
{
    const auto mode = parseNumber(text, 8);
    return mode && *mode <= mostMode ? std::optional(static_cast<int>(*mode)) : std::nullopt;
}

QString Ownership::ownerText() const
{
    return u"%1:%2"_s.arg(user).arg(group);
}

QString Ownership::modeText() const
{
    return mode ? QString::number(*mode, 8) : QString();
}

} // namespace Longshore
