// SPDX-License-Identifier: Apache-2.0
#include "core/oci/naturalorder.h"

namespace Longshore {

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// The digits at the front of \a text, without leading zeros.
QStringView takeNumber(QStringView &text)
{
    qsizetype length = 0;
    while (length < text.size() && isDigit(text[length]))
        ++length;
    QStringView number = text.left(length);
    text = text.mid(length);
    while (number.size() > 1 && number.front() == u'0')
        number = number.mid(1);
    return number;
}

/// A pre-release comes before the release that it leads to: "1.0-rc1" before "1.0".
bool startsPreRelease(QStringView rest)
{
    if (rest.isEmpty() || rest.front() != u'-')
        return false;
    const QStringView word = rest.mid(1);
    for (const auto *name : {u"rc", u"alpha", u"beta", u"pre", u"dev", u"snapshot", u"m"}) {
        const QStringView candidate(name);
        if (!word.startsWith(candidate, Qt::CaseInsensitive))
            continue;
        const QStringView behind = word.mid(candidate.size());
        if (behind.isEmpty() || !behind.front().isLetter())
            return true;
    }
    return false;
}

// In a key these come before everything that can stand in a name.
constexpr QChar preReleaseMark(u'\x01');
constexpr QChar endMark(u'\x02');
constexpr QChar numberMark(u'0'); // Where digits are among the other characters.

/// A longer number is larger; behind its length, digits compare as characters.
void appendNumber(QString &key, QStringView number)
{
    const auto length = static_cast<quint32>(number.size());
    key += numberMark;
    key += QChar(static_cast<char16_t>(length >> 16));
    key += QChar(static_cast<char16_t>(length & 0xffff));
    key += number;
}

} // namespace

QString naturalKey(QStringView name)
{
    QString key;
    key.reserve(name.size() + 8);
    QStringView rest = name;
    while (!rest.isEmpty()) {
        if (startsPreRelease(rest))
            key += preReleaseMark;
        if (isDigit(rest.front())) {
            appendNumber(key, takeNumber(rest));
        } else {
            key += rest.front().toLower();
            rest = rest.mid(1);
        }
    }
    return key + endMark;
}

int naturalCompare(QStringView left, QStringView right)
{
    const int order = naturalKey(left).compare(naturalKey(right));
    // "v01" and "v1" count the same, as do "A" and "a"; only equal texts are equal.
    return order != 0 ? order : left.compare(right);
}

} // namespace Longshore
