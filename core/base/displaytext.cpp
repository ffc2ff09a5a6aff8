// SPDX-License-Identifier: Apache-2.0
#include "core/base/displaytext.h"

#include <QList>

namespace Longshore {

namespace {

constexpr int marksPerCharacter = 8;

bool isInvisible(char32_t c)
{
    return c == 0x00AD || c == 0x061C || c == 0x180E || c == 0x2028 || c == 0x2029 || c == 0xFEFF
           || (c >= 0x200B && c <= 0x200F) // zero width, direction marks
           || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) // embeddings, isolates
           || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF); // annotations, tags
}

bool mustBeEscaped(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned: return true;
    default: return isInvisible(c);
    }
}

bool isMark(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing
           || category == QChar::Mark_SpacingCombining;
}

QString escaped(char32_t c)
{
    return QStringLiteral("\\u{") + QString::number(c, 16).toUpper() + QLatin1Char('}');
}

} // namespace

QString displayText(const QString &text, qsizetype maximum)
{
    QString result;
    int marks = 0;
    // Only as much as may be shown is looked at, however long the text is.
    const QList<uint> characters = text.left(maximum).toUcs4();
    for (const char32_t c : characters) {
        marks = isMark(c) ? marks + 1 : 0;
        if (marks > marksPerCharacter)
            continue;
        if (mustBeEscaped(c))
            result += escaped(c);
        else
            result += QChar::fromUcs4(c);
    }
    return text.size() > maximum ? result + QChar(0x2026) : result;
}

QString quotedText(const QString &text)
{
    return QChar(0x2068) + displayText(text) + QChar(0x2069);
}

QString labelText(const QString &text)
{
    return displayText(text).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace Longshore
