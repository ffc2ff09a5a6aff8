// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/rulematcher.h"

#include "core/cleanup/namedate.h"
#include "core/oci/naturalorder.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype longestLabel = 4096; // That a pattern is tried on.

RuleMatch both(RuleMatch a, RuleMatch b)
{
    if (a == RuleMatch::No || b == RuleMatch::No)
        return RuleMatch::No;
    return a == RuleMatch::Yes && b == RuleMatch::Yes ? RuleMatch::Yes : RuleMatch::Unknown;
}

RuleMatch toMatch(bool matches)
{
    return matches ? RuleMatch::Yes : RuleMatch::No;
}

} // namespace

QDateTime usableDate(const ManifestDetails *details, const Tag &tag, const UndatedPolicy &undated,
                     const QDateTime &now)
{
    static const QDateTime oldest(QDate(2010, 1, 1), QTime(0, 0), Qt::UTC);
    // Clocks differ, and time zones are left out, but by no more than a day.
    const auto isPlausible = [&](const QDateTime &date) {
        return date.isValid() && date >= oldest && date <= now.addDays(1);
    };
    if (details && isPlausible(details->created))
        return details->created;
    if (undated.kind != UndatedPolicy::Kind::FromName)
        return {};
    const QDateTime named = dateInName(tag.toString(), undated.namePattern);
    return isPlausible(named) ? named : QDateTime();
}

RuleMatcher::RuleMatcher(const RepositoryInventory &inventory,
                         const QList<RuleCandidate> &candidates, const UndatedPolicy &undated,
                         const QDateTime &now)
    : m_inventory(inventory), m_candidates(candidates), m_undated(undated), m_now(now)
{}

RuleColumn RuleMatcher::unknown() const
{
    return {Column(m_candidates.size(), RuleMatch::Unknown)};
}

RuleColumn RuleMatcher::evaluate(const CleanupRule &rule) const
{
    if (!faultsOf({{}, {rule}}).isEmpty())
        return unknown();
    RuleColumn column{Column(m_candidates.size(), RuleMatch::Yes)};
    for (const CleanupCondition &condition : rule.conditions) {
        if (narrow(column.matches, condition))
            continue;
        RuleColumn nothing = unknown();
        nothing.isTooExpensive = true;
        return nothing;
    }
    // Counted are those that meet everything else.
    for (const CleanupCondition &condition : rule.conditions) {
        if (const auto *newest = std::get_if<NewestCondition>(&condition))
            narrowByNewest(column, *newest);
    }
    return column;
}

/// False when an expression took too long.
bool RuleMatcher::narrow(Column &column, const CleanupCondition &condition) const
{
    if (const auto *names = std::get_if<NameCondition>(&condition))
        return narrowByName(column, *names);
    if (const auto *replaced = std::get_if<ReplacedCondition>(&condition)) {
        narrowByReplaced(column, *replaced);
        return true;
    }
    std::visit(
        [&](const auto &one) {
            if constexpr (requires { match(one, m_candidates.first()); }) {
                for (qsizetype i = 0; i < column.size(); ++i)
                    column[i] = both(column.at(i), match(one, m_candidates.at(i)));
            }
        },
        condition);
    return true;
}

bool RuleMatcher::narrowByName(Column &column, const NameCondition &names) const
{
    for (qsizetype i = 0; i < column.size(); ++i) {
        bool isMeant = false;
        for (const TagPattern &pattern : names.patterns) {
            const auto matches = isMeant || column.at(i) == RuleMatch::No
                                     ? std::optional(isMeant)
                                     : pattern.matches(m_candidates.at(i).tag.toString());
            if (!matches)
                return false;
            isMeant = *matches;
        }
        column[i] = both(column.at(i), toMatch(isMeant));
    }
    return true;
}

/// Those that match, the newest first. What has no date is last, in the order of names.
QList<int> RuleMatcher::ordered(const Column &column, NewestCondition::Order order) const
{
    struct Key
    {
        qint64 date;
        QString name;
        int index;
    };
    QList<Key> keys;
    for (int i = 0; i < column.size(); ++i) {
        const RuleCandidate &candidate = m_candidates.at(i);
        const bool isCounted = column.at(i) == RuleMatch::Yes;
        const bool byName = order == NewestCondition::Order::Name;
        const qint64 date = order == NewestCondition::Order::Date && candidate.date.isValid()
                                ? candidate.date.toMSecsSinceEpoch()
                                : 0;
        const QString &tag = candidate.tag.toString();
        if (isCounted)
            keys.append({date, byName ? tag : naturalKey(tag), i});
    }
    std::stable_sort(keys.begin(), keys.end(), [](const Key &a, const Key &b) {
        return a.date != b.date ? a.date > b.date : a.name > b.name;
    });
    QList<int> result;
    result.reserve(keys.size());
    std::transform(keys.begin(), keys.end(), std::back_inserter(result),
                   [](const Key &key) { return key.index; });
    return result;
}

void RuleMatcher::narrowByNewest(RuleColumn &column, const NewestCondition &newest) const
{
    const bool asksForDate = newest.order == NewestCondition::Order::Date;
    const bool countsUndated = m_undated.kind == UndatedPolicy::Kind::TreatAsOld;
    const QList<int> order = ordered(column.matches, newest.order);
    column.ranks = QList<int>(m_candidates.size(), 0);
    QHash<QString, QHash<int, int>> lines; ///< The places of the images of each line.
    for (const int index : order) {
        const RuleCandidate &candidate = m_candidates.at(index);
        if (asksForDate && !candidate.date.isValid() && !countsUndated) {
            column.matches[index] = RuleMatch::Unknown;
            continue;
        }
        auto &places = lines[lineOf(candidate.tag.toString(), newest.line).value_or(QString())];
        int &place = places[candidate.image];
        if (place == 0)
            place = static_cast<int>(places.size());
        column.ranks[index] = place;
        column.matches[index] = toMatch(place <= newest.count);
    }
}

void RuleMatcher::narrowByReplaced(Column &column, const ReplacedCondition &replaced) const
{
    QHash<QString, const RuleCandidate *> newest; ///< Of each line.
    QList<std::optional<QString>> lines;
    lines.reserve(column.size());
    for (const RuleCandidate &candidate : m_candidates) {
        lines.append(lineOf(candidate.tag.toString(), replaced.line));
        if (!lines.last() || !candidate.date.isValid())
            continue;
        const RuleCandidate *&best = newest[*lines.last()];
        if (best == nullptr || candidate.date > best->date)
            best = &candidate;
    }
    for (qsizetype i = 0; i < column.size(); ++i) {
        const RuleCandidate *best = lines.at(i) ? newest.value(*lines.at(i)) : nullptr;
        column[i] = both(column.at(i), replacedBy(best, m_candidates.at(i)));
    }
}

RuleMatch RuleMatcher::replacedBy(const RuleCandidate *newest, const RuleCandidate &tag) const
{
    if (newest == nullptr)
        return RuleMatch::No;
    if (!tag.date.isValid())
        return m_undated.kind == UndatedPolicy::Kind::TreatAsOld ? RuleMatch::Yes
                                                                 : RuleMatch::Unknown;
    return toMatch(tag.date < newest->date && tag.image != newest->image);
}

RuleMatch RuleMatcher::match(const AgeCondition &age, const RuleCandidate &tag) const
{
    const bool wantsOlder = age.side == AgeCondition::Side::Older;
    if (!tag.date.isValid())
        return m_undated.kind == UndatedPolicy::Kind::TreatAsOld ? toMatch(wantsOlder)
                                                                 : RuleMatch::Unknown;
    const bool isOlder = tag.date.addSecs(qint64(age.days) * 24 * 60 * 60) < m_now;
    return toMatch(isOlder == wantsOlder);
}

RuleMatch RuleMatcher::match(const PlatformCondition &wanted, const RuleCandidate &tag) const
{
    if (!tag.details || !tag.details->isConfigKnown)
        return RuleMatch::Unknown;
    const auto platform = Platform::parse(wanted.platform);
    return toMatch(std::any_of(tag.details->platforms.begin(), tag.details->platforms.end(),
                               [&](const QString &text) {
                                   const auto one = Platform::parse(text);
                                   return one && platform && one->satisfies(*platform);
                               }));
}

RuleMatch RuleMatcher::match(const LabelCondition &label, const RuleCandidate &tag) const
{
    if (!tag.details || !tag.details->isConfigKnown)
        return RuleMatch::Unknown;
    const QStringList values = tag.details->labels.values(label.name);
    if (!label.value)
        return toMatch(!values.isEmpty());
    for (const QString &value : values) {
        const auto matches =
            value.size() <= longestLabel ? label.value->matches(value) : std::optional<bool>();
        if (!matches || *matches)
            return matches ? RuleMatch::Yes : RuleMatch::Unknown;
    }
    return RuleMatch::No;
}

RuleMatch RuleMatcher::match(const SizeCondition &size, const RuleCandidate &tag) const
{
    if (!tag.details || tag.details->size < 0)
        return RuleMatch::Unknown;
    return toMatch(tag.details->size > size.bytes);
}

RuleMatch RuleMatcher::match(const InUseCondition &inUse, const RuleCandidate &tag) const
{
    const auto isUsed = [&](const Digest &digest) { return inUse.list.contains(digest); };
    const QList<Digest> children = m_inventory.snapshot.children.value(tag.manifest.digest);
    return toMatch(inUse.list.contains(m_inventory.snapshot.repository, tag.tag)
                   || isUsed(tag.manifest.digest)
                   || std::any_of(children.begin(), children.end(), isUsed));
}

} // namespace Longshore
