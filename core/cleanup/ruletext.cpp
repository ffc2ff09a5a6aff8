// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/ruletext.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CleanupRules)
};

struct DescribeCondition
{
    QString operator()(const NameCondition &names) const
    {
        return Text::tr("matching %1").arg(displayText(listOf(names.patterns)));
    }
    QString operator()(const NewestCondition &newest) const
    {
        if (newest.line == TagLine::Repository)
            return Text::tr("among the newest %1 by %2")
                .arg(QString::number(newest.count), describe(newest.order));
        return Text::tr("among the newest %1 by %2 %3")
            .arg(QString::number(newest.count), describe(newest.order), describe(newest.line));
    }
    QString operator()(const AgeCondition &age) const
    {
        return age.side == AgeCondition::Side::Older
                   ? Text::tr("older than %n day(s)", nullptr, age.days)
                   : Text::tr("not older than %n day(s)", nullptr, age.days);
    }
    QString operator()(const PlatformCondition &wanted) const
    {
        return Text::tr("for %1").arg(displayText(wanted.platform));
    }
    QString operator()(const LabelCondition &label) const
    {
        const QString name = displayText(label.name);
        return label.value
                   ? Text::tr("with the label %1=%2").arg(name, displayText(label.value->text()))
                   : Text::tr("with the label %1").arg(name);
    }
    QString operator()(const SizeCondition &size) const
    {
        return Text::tr("larger than %1").arg(QLocale().formattedDataSize(size.bytes));
    }
    QString operator()(const ReplacedCondition &replaced) const
    {
        return Text::tr("replaced by a newer one %1").arg(describe(replaced.line));
    }
    QString operator()(const InUseCondition &inUse) const
    {
        return Text::tr("in use by the list %1").arg(displayText(inUse.file));
    }
    QString operator()(const EverythingElse &) const { return Text::tr("kept by no rule"); }
};

/// What was measured of a tag; empty where a condition says everything.
struct Measure
{
    const RuleCandidate &tag;
    int rank;
    const QDateTime &now;

    QString operator()(const NewestCondition &) const
    {
        return rank > 0 ? Text::tr("number %1").arg(rank) : QString();
    }
    QString operator()(const AgeCondition &) const
    {
        if (!tag.date.isValid())
            return Text::tr("no usable date, which counts as old");
        const qint64 days = std::max<qint64>(tag.date.secsTo(now), 0) / (24 * 60 * 60);
        return Text::tr("%n day(s)", nullptr, static_cast<int>(days));
    }
    QString operator()(const SizeCondition &) const
    {
        return tag.details ? QLocale().formattedDataSize(tag.details->size) : QString();
    }
    template <typename Other>
    QString operator()(const Other &) const
    {
        return {};
    }
};

QString actionName(CleanupRule::Action action)
{
    switch (action) {
    case CleanupRule::Action::Protect: return Text::tr("Protect: %1");
    case CleanupRule::Action::Keep: return Text::tr("Keep: %1");
    case CleanupRule::Action::Delete: return Text::tr("Delete: %1");
    }
    Q_UNREACHABLE();
}

} // namespace

QString describe(TagLine line)
{
    switch (line) {
    case TagLine::Repository: return Text::tr("in the repository");
    case TagLine::MajorVersion: return Text::tr("in the same major version");
    case TagLine::MinorVersion: return Text::tr("in the same minor version");
    case TagLine::Prefix: return Text::tr("with the same prefix");
    }
    Q_UNREACHABLE();
}

QString describe(NewestCondition::Order order)
{
    switch (order) {
    case NewestCondition::Order::Date: return Text::tr("date");
    case NewestCondition::Order::Version: return Text::tr("version");
    case NewestCondition::Order::Name: return Text::tr("name");
    }
    Q_UNREACHABLE();
}

QString describe(const CleanupCondition &condition)
{
    return std::visit(DescribeCondition(), condition);
}

QString describe(const CleanupRule &rule)
{
    QStringList words;
    for (const CleanupCondition &condition : rule.conditions)
        words.append(describe(condition));
    return actionName(rule.action).arg(words.join(u", "_s));
}

RuleReason::RuleReason(const CleanupRule &rule)
{
    for (const CleanupCondition &condition : rule.conditions) {
        Part part{condition, describe(condition)};
        const auto *names = std::get_if<NameCondition>(&condition);
        for (qsizetype i = 0; names && names->patterns.size() > 1 && i < names->patterns.size();
             ++i)
            part.patternWords.append(describe(NameCondition{{names->patterns.at(i)}}));
        m_parts.append(part);
    }
}

/// Which of several patterns it was.
QString RuleReason::wordsFor(const Part &part, const RuleCandidate &tag)
{
    for (qsizetype i = 0; i < part.patternWords.size(); ++i) {
        const TagPattern &pattern = std::get<NameCondition>(part.condition).patterns.at(i);
        if (pattern.matches(tag.tag.toString()).value_or(false))
            return part.patternWords.at(i);
    }
    return part.words;
}

QString RuleReason::of(const RuleCandidate &tag, int rank, const QDateTime &now) const
{
    QString reason;
    for (const Part &part : m_parts) {
        if (!reason.isEmpty())
            reason += ", "_L1;
        reason += wordsFor(part, tag);
        const QString measured = std::visit(Measure{tag, rank, now}, part.condition);
        if (!measured.isEmpty())
            reason += ": "_L1 + measured;
    }
    return reason;
}

} // namespace Longshore
