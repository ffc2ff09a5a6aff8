// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/rateoption.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr double mostBytes = 1e15;

std::optional<qint64> parseRate(const QString &text)
{
    static const QRegularExpression form(u"^([0-9]{1,15}(?:\\.[0-9]{1,6})?)([KMG]?)$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return {};
    double bytes = match.captured(1).toDouble();
    const QString unit = match.captured(2).toUpper();
    for (qsizetype i = unit.isEmpty() ? 0 : u" KMG"_s.indexOf(unit); i > 0; --i)
        bytes *= 1024;
    return bytes >= 1 && bytes <= mostBytes ? std::optional(static_cast<qint64>(bytes))
                                            : std::nullopt;
}

} // namespace Longshore
