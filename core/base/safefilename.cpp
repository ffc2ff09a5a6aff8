// SPDX-License-Identifier: Apache-2.0
#include "core/base/safefilename.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr qsizetype longestName = 200;

/// Other letters than ASCII may stay; what one system or a shell takes for something else not.
static bool isHarmless(char32_t character)
{
    return QChar::isLetterOrNumber(character)
           || (character < 0x80 && u"._+@ -"_s.contains(QChar(static_cast<char16_t>(character))));
}

QString safeFileName(const QString &text)
{
    static const QRegularExpression reserved(u"\\A(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?\\z"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    QString name;
    qsizetype bytes = 0;
    // By whole characters: no regular expression looks at a text that holds half a one.
    const QList<uint> characters = text.trimmed().toUcs4();
    for (const uint character : characters) {
        const QString next =
            isHarmless(character) ? QStringView(QChar::fromUcs4(character)).toString() : u"_"_s;
        bytes += next.toUtf8().size();
        if (bytes > longestName)
            break;
        name += next;
    }
    while (name.endsWith(u'.') || name.endsWith(u' '))
        name.chop(1); // Windows drops them silently.
    if (name.startsWith(u'.') || name.startsWith(u'-'))
        name.prepend(u'_'); // Neither hidden nor an option.
    if (name.isEmpty() || reserved.match(name).hasMatch())
        name.prepend(u'_');
    return name;
}

} // namespace Longshore
