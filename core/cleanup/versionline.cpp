// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/versionline.h"

#include <algorithm>

namespace Longshore {

namespace {

constexpr qsizetype longestMajor = 4; // "2024.03"; but 20240301 is no version.

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

bool isLetter(QChar character)
{
    const QChar small = character.toLower();
    return small >= u'a' && small <= u'z';
}

template <typename Predicate>
QStringView takeWhile(QStringView &text, Predicate accepts)
{
    const auto end = std::find_if_not(text.begin(), text.end(), accepts);
    const QStringView taken = text.left(end - text.begin());
    text = text.mid(taken.size());
    return taken;
}

/// "v1" and "1" belong together, and so do "release-v1" and "release-1".
std::optional<QStringView> checkedPrefix(QStringView prefix)
{
    if (prefix.endsWith(u'v', Qt::CaseInsensitive))
        prefix.chop(1);
    const bool isSeparated =
        prefix.isEmpty() || prefix.endsWith(u'-') || prefix.endsWith(u'_') || prefix.endsWith(u'.');
    return isSeparated ? std::optional(prefix) : std::nullopt;
}

/// The first word behind a version, but for one that leads to the version itself.
QString variantOf(QStringView suffix)
{
    takeWhile(suffix, [](QChar c) { return !isDigit(c) && !isLetter(c); });
    const QString word = takeWhile(suffix, isLetter).toString().toLower();
    for (const auto *name :
         {u"rc", u"a", u"alpha", u"b", u"beta", u"pre", u"dev", u"snapshot", u"m"}) {
        if (word == QStringView(name))
            return {};
    }
    return word;
}

std::optional<QString> versionLine(QStringView tag, TagLine line)
{
    const auto prefix = checkedPrefix(takeWhile(tag, [](QChar c) { return !isDigit(c); }));
    const QStringView major = takeWhile(tag, isDigit);
    const bool isVersion = !major.isEmpty() && major.size() <= longestMajor
                           && (tag.isEmpty() || !isLetter(tag.front()));
    if (!prefix || !isVersion)
        return {};
    QString name = prefix->toString() + major;
    bool isMinor = line == TagLine::MinorVersion;
    while (tag.size() > 1 && tag.front() == u'.' && isDigit(tag.at(1))) {
        tag = tag.mid(1);
        const QStringView number = takeWhile(tag, isDigit);
        if (isMinor)
            name += u'.' + number;
        isMinor = false;
    }
    const QString variant = variantOf(tag);
    return variant.isEmpty() ? name : name + u' ' + variant;
}

} // namespace

std::optional<QString> lineOf(QStringView tag, TagLine line)
{
    switch (line) {
    case TagLine::Repository: return QString();
    case TagLine::Prefix: {
        const qsizetype last = tag.lastIndexOf(u'-');
        return last > 0 ? std::optional(tag.left(last).toString()) : std::nullopt;
    }
    case TagLine::MajorVersion:
    case TagLine::MinorVersion: return versionLine(tag, line);
    }
    Q_UNREACHABLE();
}

} // namespace Longshore
