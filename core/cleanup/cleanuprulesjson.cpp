// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/cleanuprulesjson.h"

#include "core/cleanup/strictobject.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr int formatVersion = 1;
constexpr qsizetype mostRules = 1000;
constexpr qsizetype mostConditions = 20;
constexpr qsizetype mostPatterns = 1000;

using Action = CleanupRule::Action;
using Order = NewestCondition::Order;
using Side = AgeCondition::Side;

constexpr Words<Action, 3> actions{
    {{Action::Protect, "protect"_L1}, {Action::Keep, "keep"_L1}, {Action::Delete, "delete"_L1}}};
constexpr Words<Order, 3> orders{
    {{Order::Date, "date"_L1}, {Order::Version, "version"_L1}, {Order::Name, "name"_L1}}};
constexpr Words<TagLine, 4> lines{{{TagLine::Repository, "repository"_L1},
                                   {TagLine::MajorVersion, "major"_L1},
                                   {TagLine::MinorVersion, "minor"_L1},
                                   {TagLine::Prefix, "prefix"_L1}}};
constexpr Words<UndatedPolicy::Kind, 3> undatedKinds{
    {{UndatedPolicy::Kind::LeaveAlone, "leave-alone"_L1},
     {UndatedPolicy::Kind::TreatAsOld, "old"_L1},
     {UndatedPolicy::Kind::FromName, "from-name"_L1}}};
constexpr Words<SiblingPolicy, 3> siblingPolicies{{{SiblingPolicy::KeepAll, "keep"_L1},
                                                   {SiblingPolicy::Untag, "untag"_L1},
                                                   {SiblingPolicy::DeleteAll, "delete"_L1}}};

QJsonValue patternJson(const TagPattern &pattern)
{
    if (pattern.syntax() == TagPattern::Syntax::Glob)
        return pattern.text();
    return QJsonObject{{u"expression"_s, pattern.text()}};
}

struct ConditionJson
{
    QJsonObject operator()(const NameCondition &names) const
    {
        QJsonArray patterns;
        for (const TagPattern &pattern : names.patterns)
            patterns.append(patternJson(pattern));
        return {{u"tags"_s, patterns}};
    }
    QJsonObject operator()(const NewestCondition &newest) const
    {
        return {{u"newest"_s, newest.count},
                {u"by"_s, wordFor(newest.order, orders)},
                {u"within"_s, wordFor(newest.line, lines)}};
    }
    QJsonObject operator()(const AgeCondition &age) const
    {
        return {{age.side == Side::Older ? u"olderThanDays"_s : u"newerThanDays"_s, age.days}};
    }
    QJsonObject operator()(const PlatformCondition &wanted) const
    {
        return {{u"platform"_s, wanted.platform}};
    }
    QJsonObject operator()(const LabelCondition &label) const
    {
        QJsonObject object{{u"label"_s, label.name}};
        if (label.value)
            object.insert(u"value"_s, patternJson(*label.value));
        return object;
    }
    QJsonObject operator()(const SizeCondition &size) const
    {
        return {{u"largerThanBytes"_s, size.bytes}};
    }
    QJsonObject operator()(const ReplacedCondition &replaced) const
    {
        return {{u"replacedWithin"_s, wordFor(replaced.line, lines)}};
    }
    QJsonObject operator()(const InUseCondition &inUse) const
    {
        return {{u"inUseFile"_s, inUse.file}};
    }
    QJsonObject operator()(const EverythingElse &) const { return {{u"everythingElse"_s, true}}; }
};

TagPattern takePattern(StrictObject &parent, const QJsonValue &value)
{
    if (value.isString())
        return TagPattern(value.toString());
    StrictObject object = parent.child(value);
    return TagPattern(object.takeText("expression"_L1), TagPattern::Syntax::RegularExpression);
}

NameCondition takeNames(StrictObject &object)
{
    NameCondition names;
    const QJsonArray patterns = object.takeList("tags"_L1, mostPatterns);
    for (const auto &pattern : patterns)
        names.patterns.append(takePattern(object, pattern));
    return names;
}

NewestCondition takeNewest(StrictObject &object)
{
    return {static_cast<int>(object.takeNumber("newest"_L1, 1, 1'000'000)),
            object.takeWord("by"_L1, orders, Order::Date),
            object.takeWord("within"_L1, lines, TagLine::Repository)};
}

AgeCondition takeAge(StrictObject &object)
{
    const bool isOlder = object.has("olderThanDays"_L1);
    const auto days =
        object.takeNumber(isOlder ? "olderThanDays"_L1 : "newerThanDays"_L1, 0, 36'500);
    return {isOlder ? Side::Older : Side::Newer, static_cast<int>(days)};
}

LabelCondition takeLabel(StrictObject &object)
{
    LabelCondition label{object.takeText("label"_L1)};
    if (object.has("value"_L1))
        label.value = takePattern(object, object.take("value"_L1));
    return label;
}

/// By the first member of a condition that it must have.
CleanupCondition takeCondition(StrictObject &object)
{
    if (object.has("tags"_L1))
        return takeNames(object);
    if (object.has("newest"_L1))
        return takeNewest(object);
    if (object.has("olderThanDays"_L1) || object.has("newerThanDays"_L1))
        return takeAge(object);
    if (object.has("platform"_L1))
        return PlatformCondition{object.takeText("platform"_L1)};
    if (object.has("label"_L1))
        return takeLabel(object);
    if (object.has("largerThanBytes"_L1))
        return SizeCondition{
            object.takeNumber("largerThanBytes"_L1, 0, std::numeric_limits<qint64>::max())};
    if (object.has("replacedWithin"_L1))
        return ReplacedCondition{
            object.takeWord("replacedWithin"_L1, lines, TagLine::MinorVersion)};
    if (object.has("inUseFile"_L1))
        return InUseCondition{object.takeText("inUseFile"_L1)};
    if (!object.takeFlag("everythingElse"_L1, false))
        object.refuse(QCoreApplication::translate("CleanupRules", "A condition names nothing."));
    return EverythingElse();
}

CleanupRule takeRule(StrictObject &object)
{
    CleanupRule rule{
        object.takeWord("action"_L1, actions, {}), {}, object.takeFlag("enabled"_L1, true)};
    const QJsonArray conditions = object.takeList("when"_L1, mostConditions);
    for (const auto &value : conditions) {
        StrictObject condition = object.child(value);
        rule.conditions.append(takeCondition(condition));
    }
    return rule;
}

} // namespace

QJsonObject toJson(const CleanupRules &rules)
{
    QJsonArray list;
    for (const CleanupRule &rule : rules.rules) {
        QJsonArray conditions;
        for (const CleanupCondition &condition : rule.conditions)
            conditions.append(std::visit(ConditionJson(), condition));
        list.append(QJsonObject{{u"action"_s, wordFor(rule.action, actions)},
                                {u"when"_s, conditions},
                                {u"enabled"_s, rule.isEnabled}});
    }
    QJsonObject object{{u"cleanupRules"_s, formatVersion},
                       {u"name"_s, rules.name},
                       {u"rules"_s, list},
                       {u"undated"_s, wordFor(rules.undated.kind, undatedKinds)},
                       {u"siblings"_s, wordFor(rules.siblings, siblingPolicies)},
                       {u"removeChildren"_s, rules.removesChildren},
                       {u"removeAttached"_s, rules.removesAttached}};
    if (rules.undated.kind == UndatedPolicy::Kind::FromName)
        object.insert(u"dateInName"_s, rules.undated.namePattern);
    return object;
}

Result<CleanupRules> parseCleanupRules(const QByteArray &bytes)
{
    std::optional<Error> error;
    CleanupRules rules;
    {
        StrictObject object = StrictObject::parse(bytes, error);
        object.takeNumber("cleanupRules"_L1, formatVersion, formatVersion);
        rules.name = object.has("name"_L1) ? object.takeText("name"_L1) : QString();
        const QJsonArray list = object.takeList("rules"_L1, mostRules);
        for (const auto &value : list) {
            StrictObject rule = object.child(value);
            rules.rules.append(takeRule(rule));
        }
        rules.undated.kind =
            object.takeWord("undated"_L1, undatedKinds, UndatedPolicy::Kind::LeaveAlone);
        if (rules.undated.kind == UndatedPolicy::Kind::FromName)
            rules.undated.namePattern = object.takeText("dateInName"_L1);
        rules.siblings = object.takeWord("siblings"_L1, siblingPolicies, SiblingPolicy::KeepAll);
        rules.removesChildren = object.takeFlag("removeChildren"_L1, true);
        rules.removesAttached = object.takeFlag("removeAttached"_L1, true);
    }
    return error ? Result<CleanupRules>(*error) : Result<CleanupRules>(rules);
}

} // namespace Longshore
