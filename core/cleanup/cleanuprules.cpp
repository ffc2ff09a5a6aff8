// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/cleanuprules.h"

#include "core/cleanup/namedate.h"
#include "core/oci/platform.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr int mostImages = 1'000'000;
constexpr int mostDays = 36'500;

using Fault = std::optional<PatternFault>;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CleanupRules)
};

/// Says what is wrong with a condition, if anything.
struct FindFault
{
    CleanupRule::Action action;

    Fault operator()(const NameCondition &names) const
    {
        if (names.patterns.isEmpty())
            return PatternFault{0, Text::tr("The pattern is empty.")};
        qsizetype start = 0; // In the list that a person sees.
        for (const TagPattern &pattern : names.patterns) {
            if (const auto &fault = pattern.fault())
                return PatternFault{start + fault->position, fault->message};
            start += pattern.text().size() + 2;
        }
        return {};
    }

    Fault operator()(const NewestCondition &newest) const
    {
        if (action == CleanupRule::Action::Delete)
            return PatternFault{0, Text::tr("A rule that deletes the newest is refused.")};
        if (newest.count < 1 || newest.count > mostImages)
            return PatternFault{0, Text::tr("The number must be from 1 to %1.").arg(mostImages)};
        return {};
    }

    Fault operator()(const AgeCondition &age) const
    {
        if (age.days < 0 || age.days > mostDays)
            return PatternFault{0,
                                Text::tr("The number of days must be from 0 to %1.").arg(mostDays)};
        return {};
    }

    Fault operator()(const PlatformCondition &wanted) const
    {
        if (!Platform::parse(wanted.platform))
            return PatternFault{0, Text::tr("Write the platform as OS/ARCH[/VARIANT].")};
        return {};
    }

    Fault operator()(const LabelCondition &label) const
    {
        if (label.name.isEmpty())
            return PatternFault{0, Text::tr("The label has no name.")};
        return label.value ? label.value->fault() : Fault();
    }

    Fault operator()(const SizeCondition &size) const
    {
        return size.bytes < 0 ? Fault({0, Text::tr("The size is negative.")}) : Fault();
    }

    Fault operator()(const ReplacedCondition &replaced) const
    {
        if (replaced.line == TagLine::Repository)
            return PatternFault{0, Text::tr("Images are replaced within a line of versions.")};
        return {};
    }

    Fault operator()(const InUseCondition &inUse) const
    {
        return inUse.file.isEmpty() ? Fault({0, Text::tr("No file is named.")}) : Fault();
    }

    Fault operator()(const EverythingElse &) const
    {
        if (action == CleanupRule::Action::Delete)
            return {};
        return PatternFault{0, Text::tr("Everything else can only be deleted.")};
    }
};

void appendFaults(qsizetype number, const CleanupRule &rule, QList<CleanupRuleFault> &faults)
{
    if (rule.conditions.isEmpty())
        faults.append({number, -1, {0, Text::tr("The rule names no condition.")}});
    for (qsizetype i = 0; i < rule.conditions.size(); ++i) {
        if (const auto fault = std::visit(FindFault{rule.action}, rule.conditions.at(i)))
            faults.append({number, i, *fault});
    }
}

} // namespace

QList<CleanupRuleFault> faultsOf(const CleanupRules &rules)
{
    QList<CleanupRuleFault> faults;
    for (qsizetype i = 0; i < rules.rules.size(); ++i) {
        if (rules.rules.at(i).isEnabled)
            appendFaults(i, rules.rules.at(i), faults);
    }
    if (rules.undated.kind == UndatedPolicy::Kind::FromName) {
        if (const auto fault = namePatternFault(rules.undated.namePattern))
            faults.append({-1, -1, *fault});
    }
    return faults;
}

QList<TagPattern> defaultProtectedTags()
{
    return globsOf(u"latest, stable, main, master, prod*, production*, release*"_s);
}

} // namespace Longshore
