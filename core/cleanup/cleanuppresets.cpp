// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/cleanuppresets.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CleanupPresets)
};

using Action = CleanupRule::Action;
using Order = NewestCondition::Order;
using Side = AgeCondition::Side;

CleanupRules protectingRules(const QString &name, const QList<CleanupRule> &rules)
{
    CleanupRules result{name, {{Action::Protect, {NameCondition{defaultProtectedTags()}}}}};
    result.rules += rules;
    return result;
}

CleanupRules pullRequestRules()
{
    const NameCondition requests{globsOf(u"pr-*, pr[0-9]*, pull-*, mr-*, merge-request-*"_s)};
    return protectingRules(Text::tr("Pull-request images"),
                           {{Action::Delete, {requests, AgeCondition{Side::Older, 14}}}});
}

CleanupRules nightlyRules()
{
    const NameCondition nightlies{globsOf(u"nightly*, *-nightly*, *-dev*, *-snapshot*"_s)};
    return protectingRules(
        Text::tr("Nightlies"),
        {{Action::Keep, {nightlies, NewestCondition{7, Order::Date, TagLine::Prefix}}},
         {Action::Delete, {nightlies, AgeCondition{Side::Older, 30}}}});
}

CleanupRules oldReleaseRules()
{
    return protectingRules(
        Text::tr("Old releases"),
        {{Action::Keep, {NewestCondition{3, Order::Version, TagLine::MinorVersion}}},
         {Action::Delete,
          {ReplacedCondition{TagLine::MinorVersion}, AgeCondition{Side::Older, 365}}}});
}

CleanupRules newestRules()
{
    return protectingRules(
        Text::tr("Everything but the newest 10"),
        {{Action::Keep, {NewestCondition{10}}}, {Action::Delete, {EverythingElse()}}});
}

} // namespace

QList<CleanupPreset> cleanupPresets()
{
    return {CleanupPreset::PullRequestImages, CleanupPreset::Nightlies, CleanupPreset::OldReleases,
            CleanupPreset::EverythingButNewest};
}

CleanupRules rulesOf(CleanupPreset preset)
{
    switch (preset) {
    case CleanupPreset::PullRequestImages: return pullRequestRules();
    case CleanupPreset::Nightlies: return nightlyRules();
    case CleanupPreset::OldReleases: return oldReleaseRules();
    case CleanupPreset::EverythingButNewest: return newestRules();
    }
    Q_UNREACHABLE();
}

} // namespace Longshore
