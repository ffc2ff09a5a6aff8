// SPDX-License-Identifier: Apache-2.0
#include "core/http/warningheader.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr qsizetype mostBytes = 4096;

static bool hasControlCharacters(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.category() == QChar::Other_Control; });
}

QStringList parseWarnings(const QByteArray &header)
{
    // One of a list: the code, who says it, what is said, and perhaps when.
    static const QRegularExpression grammar(
        uR"re(\G[ \t,]*+([0-9]{3}) ([^ ",]++) "((?:[^"\\]|\\.)*+)"((?: "[^"]*+")?)[ \t]*+(?=,|\z))re"_s,
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression escape(u"\\\\(.)"_s,
                                           QRegularExpression::DotMatchesEverythingOption);
    QStringList warnings;
    qsizetype left = mostBytes;
    auto matches = grammar.globalMatch(QString::fromUtf8(header));
    while (matches.hasNext()) {
        const auto match = matches.next();
        if (match.captured(1) != "299"_L1 || match.captured(2) != "-"_L1
            || match.capturedLength(4) > 0)
            continue;
        const QString text = match.captured(3).replace(escape, u"\\1"_s);
        left -= text.toUtf8().size();
        if (left < 0)
            break;
        if (!text.isEmpty() && !hasControlCharacters(text))
            warnings.append(text);
    }
    return warnings;
}

} // namespace Longshore
