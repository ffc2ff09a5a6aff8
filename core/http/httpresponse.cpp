// SPDX-License-Identifier: Apache-2.0
#include "core/http/httpresponse.h"

#include <QRegularExpression>

namespace Longshore {

std::optional<ContentRange> parseContentRange(const QByteArray &value)
{
    static const QRegularExpression grammar(
        QStringLiteral(R"(\Abytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)\z)"));
    const auto match = grammar.match(QString::fromLatin1(value));
    if (!match.hasMatch())
        return {};
    const QStringView total = match.capturedView(3);
    const ContentRange range{match.capturedView(1).toLongLong(), match.capturedView(2).toLongLong(),
                             total == u'*' ? -1 : total.toLongLong()};
    if (range.last < range.first || (range.total >= 0 && range.last >= range.total))
        return {};
    return range;
}

} // namespace Longshore
