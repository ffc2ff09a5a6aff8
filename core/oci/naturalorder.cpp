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

/// Compares numbers of any length without converting them.
int compareNumbers(QStringView left, QStringView right)
{
    if (left.size() != right.size())
        return left.size() < right.size() ? -1 : 1;
    return left.compare(right);
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

/// What stands next decides first: a pre-release, then the end of the text, then anything else.
int rank(QStringView rest)
{
    if (rest.isEmpty())
        return 1;
    return startsPreRelease(rest) ? 0 : 2;
}

int compareCharacters(QChar left, QChar right)
{
    const char16_t folded = left.toLower().unicode();
    const char16_t other = right.toLower().unicode();
    return folded == other ? 0 : (folded < other ? -1 : 1);
}

/// Compares the next number or character, and steps over it.
int compareNext(QStringView &left, QStringView &right)
{
    if (isDigit(left.front()) && isDigit(right.front()))
        return compareNumbers(takeNumber(left), takeNumber(right));
    const int order = compareCharacters(left.front(), right.front());
    left = left.mid(1);
    right = right.mid(1);
    return order;
}

} // namespace

int naturalCompare(QStringView left, QStringView right)
{
    QStringView a = left;
    QStringView b = right;
    while (true) {
        if (rank(a) != rank(b))
            return rank(a) - rank(b);
        if (a.isEmpty())
            break;
        if (const int order = compareNext(a, b); order != 0)
            return order;
    }
    // "v01" and "v1" count the same, as do "A" and "a"; only equal texts are equal.
    return left.compare(right);
}

} // namespace Longshore
