// SPDX-License-Identifier: Apache-2.0
#include "core/base/displaytext.h"

#include <QDir>

namespace Longshore {

namespace {

constexpr int marksPerCharacter = 8;

bool isInvisible(char32_t c)
{
    return c == 0x00AD || c == 0x034F || c == 0x061C || c == 0x180E || c == 0x2028 || c == 0x2029
           || c == 0xFEFF || c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 // fillers
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

/// The first \a maximum code units, or one less where that would cut a character in half.
static QStringView beginning(QStringView text, qsizetype maximum)
{
    if (text.size() <= maximum)
        return text;
    const bool isCut =
        maximum > 0 && text[maximum - 1].isHighSurrogate() && text[maximum].isLowSurrogate();
    return text.first(isCut ? maximum - 1 : maximum);
}

QString displayText(const QString &text, qsizetype maximum)
{
    QString result;
    int marks = 0;
    // Only as much as may be shown is looked at, however long the text is.
    const QStringView shown = beginning(text, maximum);
    for (qsizetype i = 0; i < shown.size(); ++i) {
        char32_t c = shown[i].unicode();
        // By hand: toUcs4() would hide a lone surrogate behind a replacement character.
        if (shown[i].isHighSurrogate() && i + 1 < shown.size() && shown[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(shown[i], shown[i + 1]);
            ++i;
        }
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

QString quotedPath(const QString &path)
{
    return quotedText(QDir::toNativeSeparators(path));
}

QString labelText(const QString &text)
{
    return displayText(text).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace Longshore
