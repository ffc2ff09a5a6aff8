// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/rulematcher.h"

namespace Longshore {

/// A condition in words, which go on behind "images that are": "older than 90 days".
[[nodiscard]] QString describe(const CleanupCondition &condition);
/// A rule in words: "Delete: matching pr-*, older than 14 days".
[[nodiscard]] QString describe(const CleanupRule &rule);
/// @{
/// A choice in words: "in the same minor version".
[[nodiscard]] QString describe(TagLine line);
[[nodiscard]] QString describe(NewestCondition::Order order);
/// @}

/// A rule as the reason for what becomes of tags, with what was measured: "older than 90 days: 212
/// days". Its words are looked up once for many thousands of tags.
class RuleReason
{
public:
    /// Takes any rule.
    explicit RuleReason(const CleanupRule &rule);

    /// For one tag that the rule means, or has counted. \a rank is the place of its image in its line,
    /// 0 where none was counted; \a now is what ages are measured from.
    [[nodiscard]] QString of(const RuleCandidate &tag, int rank, const QDateTime &now) const;

private:
    struct Part
    {
        CleanupCondition condition;
        QString words;
        QStringList patternWords = {}; ///< Where there are several patterns, for each of them.
    };

    [[nodiscard]] static QString wordsFor(const Part &part, const RuleCandidate &tag);

    QList<Part> m_parts;
};

} // namespace Longshore
