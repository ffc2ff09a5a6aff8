// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tagorder.h"

#include <algorithm>

namespace Longshore::Ui {

namespace {

int compareNames(const TagTreeNode &left, const TagTreeNode &right)
{
    const int order = left.sortKey.compare(right.sortKey);
    return order != 0 ? order : left.name.compare(right.name);
}

/// Negative, zero or positive; both sides have a value.
int compareValues(const TagTreeNode &left, const TagTreeNode &right, TagOrder::Key key)
{
    const auto sign = [](auto a, auto b) { return a < b ? -1 : (b < a ? 1 : 0); };
    switch (key) {
    case TagOrder::Key::Created: return sign(left.created, right.created);
    case TagOrder::Key::Size: return sign(left.size, right.size);
    case TagOrder::Key::Platforms: return sign(left.platforms, right.platforms);
    case TagOrder::Key::Digest: return sign(left.descriptor->digest, right.descriptor->digest);
    case TagOrder::Key::Name: break;
    }
    return compareNames(left, right);
}

bool hasValue(const TagTreeNode &tag, TagOrder::Key key)
{
    switch (key) {
    case TagOrder::Key::Created: return tag.created.isValid();
    case TagOrder::Key::Size: return tag.size >= 0;
    case TagOrder::Key::Platforms: return !tag.platforms.isEmpty();
    case TagOrder::Key::Digest: return tag.descriptor.has_value();
    case TagOrder::Key::Name: break;
    }
    return true;
}

} // namespace

QStringList TagOrder::wordsOf(const QString &filter)
{
    return filter.simplified().toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

bool TagOrder::shows(const TagTreeNode &tag) const
{
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        return tag.name.contains(word, Qt::CaseInsensitive);
    });
}

bool TagOrder::isBefore(const TagTreeNode &left, const TagTreeNode &right) const
{
    const bool hasLeft = hasValue(left, key);
    const bool hasRight = hasValue(right, key);
    if (hasLeft != hasRight)
        return hasLeft;
    const int order = hasLeft ? compareValues(left, right, key) : 0;
    if (order != 0)
        return (order < 0) == (direction == Qt::AscendingOrder);
    return compareNames(left, right) < 0;
}

QList<TagTreeNode *> TagOrder::arranged(const std::vector<std::unique_ptr<TagTreeNode>> &tags) const
{
    QList<TagTreeNode *> result;
    result.reserve(static_cast<qsizetype>(tags.size()));
    for (const auto &tag : tags) {
        if (shows(*tag))
            result.append(tag.get());
    }
    std::sort(result.begin(), result.end(),
              [this](const auto *left, const auto *right) { return isBefore(*left, *right); });
    return result;
}

} // namespace Longshore::Ui
