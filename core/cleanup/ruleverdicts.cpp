// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/ruleverdicts.h"

#include "core/cleanup/ruletext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CleanupDecisions)
};

using Action = CleanupRule::Action;
using Kind = TagDecision::Kind;

/// A rule, where it stands, and what it says.
struct Judge
{
    CleanupRule rule;
    RuleColumn column;
    RuleReason reason;
    QString description;
};

/// Whether a rule can be about what is no image of its own.
bool isAboutNames(const CleanupRule &rule)
{
    return rule.action != Action::Delete
           && std::all_of(rule.conditions.begin(), rule.conditions.end(),
                          [](const CleanupCondition &condition) {
                              return std::holds_alternative<NameCondition>(condition)
                                     || std::holds_alternative<InUseCondition>(condition);
                          });
}

/// Puts the judgements about one tag together.
class Verdict
{
public:
    Verdict(const QList<Judge> &judges, const RuleCandidate &tag, qsizetype index,
            const QDateTime &now)
        : m_judges(judges), m_tag(tag), m_index(index), m_now(now)
    {}

    void apply(TagDecision &decision) const
    {
        if (settle(decision, Action::Protect, Kind::Protected)
            || settle(decision, Action::Keep, Kind::Keep))
            return;
        const Judge *open = firstUnknown({Action::Protect, Action::Keep});
        const bool isDeleted = open == nullptr && settle(decision, Action::Delete, Kind::Delete);
        if (isDeleted)
            return addPlaces(decision);
        decision.kind = Kind::LeftAlone;
        if (open == nullptr)
            open = firstUnknown({Action::Delete});
        decision.cause = open != nullptr ? explain(*open) : Text::tr("no rule speaks about it");
        decision.reasons.append(decision.cause);
    }

    /// Whether something may hold the tag, but nobody knows.
    [[nodiscard]] bool isOpen() const
    {
        return firstUnknown({Action::Protect, Action::Keep}) != nullptr;
    }

private:
    [[nodiscard]] bool settle(TagDecision &decision, Action action, Kind kind) const
    {
        for (const Judge &judge : m_judges) {
            if (judge.rule.action != action || said(judge) != RuleMatch::Yes)
                continue;
            if (decision.reasons.isEmpty())
                decision.cause = judge.description;
            decision.reasons.append(judge.reason.of(m_tag, placeOf(judge), m_now));
        }
        if (decision.reasons.isEmpty())
            return false;
        decision.kind = kind;
        return true;
    }

    [[nodiscard]] const Judge *firstUnknown(const QList<Action> &actions) const
    {
        const auto found = std::find_if(m_judges.begin(), m_judges.end(), [&](const Judge &judge) {
            return actions.contains(judge.rule.action) && said(judge) == RuleMatch::Unknown;
        });
        return found == m_judges.end() ? nullptr : &*found;
    }

    /// Why it was not kept, where something was counted.
    void addPlaces(TagDecision &decision) const
    {
        for (const Judge &judge : m_judges) {
            if (judge.rule.action != Action::Delete && placeOf(judge) > 0)
                decision.reasons.append(
                    Text::tr("not %1").arg(judge.reason.of(m_tag, placeOf(judge), m_now)));
        }
    }

    [[nodiscard]] QString explain(const Judge &judge) const
    {
        const QString rule = describe(judge.rule);
        if (judge.column.isTooExpensive)
            return Text::tr("a pattern takes too long (%1)").arg(rule);
        if (!faultsOf({{}, {judge.rule}}).isEmpty())
            return Text::tr("a rule is not valid (%1)").arg(rule);
        if (!m_tag.date.isValid() && m_tag.details)
            return Text::tr("no usable date (%1)").arg(rule);
        return Text::tr("not enough is known (%1)").arg(rule);
    }

    [[nodiscard]] RuleMatch said(const Judge &judge) const
    {
        return judge.column.matches.at(m_index);
    }
    [[nodiscard]] int placeOf(const Judge &judge) const
    {
        return judge.column.ranks.isEmpty() ? 0 : judge.column.ranks.at(m_index);
    }

    const QList<Judge> &m_judges;
    const RuleCandidate &m_tag;
    qsizetype m_index;
    const QDateTime &m_now;
};

/// What is about an image goes by that in any case, also where nobody knew of it before.
bool mayGo(const TagDecision &decision, const QHash<Tag, Digest> &only)
{
    const auto found = only.constFind(decision.tag);
    return decision.subject.has_value()
           || (found != only.constEnd() && *found == decision.manifest.digest);
}

/// Held as by hand until everything is settled, so that no tag of the same image takes it along.
void leaveOut(TagDecision &decision)
{
    if (decision.kind == Kind::Protected)
        return;
    decision.isOverridden = true;
    if (decision.kind == Kind::Keep)
        return;
    decision.kind = Kind::Keep;
    decision.cause = Text::tr("not part of this try");
    decision.reasons = {decision.cause};
}

void applyOverride(TagDecision &decision, const CleanupChoices &choices)
{
    const auto found = choices.overrides.constFind(decision.tag);
    if (found == choices.overrides.constEnd())
        return;
    const bool deletes = *found == CleanupChoices::Override::Delete;
    decision.isOverridden = true;
    decision.isMeantToGo = deletes;
    decision.overridesProtection = deletes && decision.kind == Kind::Protected;
    decision.kind = deletes ? Kind::Delete : Kind::Keep;
    decision.cause = deletes ? Text::tr("deleted by hand") : Text::tr("kept by hand");
    decision.reasons = {decision.cause};
}

/// Null when nothing is known.
const ManifestDetails *detailsOf(const Digest &digest, const RepositoryInventory &inventory)
{
    const auto details = inventory.details.constFind(digest);
    return details == inventory.details.constEnd() ? nullptr : &*details;
}

/// The tags that are about an image, or those that are not, and their decisions.
struct Candidates
{
    QList<RuleCandidate> tags;
    QList<TagDecision *> decisions;
};

Candidates candidatesOf(const RepositoryInventory &inventory, bool areAttached,
                        QList<TagDecision> &tags)
{
    Candidates candidates;
    QHash<Digest, int> images;
    for (TagDecision &decision : tags) {
        if (decision.subject.has_value() != areAttached)
            continue;
        const Digest &digest = decision.manifest.digest;
        int &image = images[digest];
        if (image == 0)
            image = static_cast<int>(images.size());
        candidates.tags.append(
            {decision.tag, decision.manifest, detailsOf(digest, inventory), decision.date, image});
        candidates.decisions.append(&decision);
    }
    return candidates;
}

/// Asks the rules about the images, or about what is attached to them.
void judge(const RepositoryInventory &inventory, const CleanupRules &rules,
           const CleanupChoices &choices, bool areAttached, RuleVerdicts &verdicts)
{
    const Candidates candidates = candidatesOf(inventory, areAttached, verdicts.tags);
    const RuleMatcher matcher(inventory, candidates.tags, rules.undated, choices.now);
    QList<Judge> judges;
    for (qsizetype place = 0; place < rules.rules.size(); ++place) {
        const CleanupRule &rule = rules.rules.at(place);
        if (!rule.isEnabled || (areAttached && !isAboutNames(rule)))
            continue;
        judges.append({rule, matcher.evaluate(rule), RuleReason(rule), describe(rule)});
        verdicts.ruleCounts[place] += judges.last().column.matches.count(RuleMatch::Yes);
        if (judges.last().column.isTooExpensive && !verdicts.expensiveRules.contains(place))
            verdicts.expensiveRules.append(place);
    }
    for (qsizetype i = 0; i < candidates.tags.size(); ++i) {
        TagDecision &decision = *candidates.decisions.at(i);
        const Verdict verdict(judges, candidates.tags.at(i), i, choices.now);
        verdict.apply(decision);
        // No rule deletes these; what no rule holds follows its image.
        if (areAttached && decision.kind == Kind::LeftAlone && !verdict.isOpen()) {
            decision.kind = Kind::Delete;
            decision.reasons.clear();
            decision.cause = Text::tr("goes with what it is about");
        }
        if (choices.only && !mayGo(decision, *choices.only))
            leaveOut(decision);
        applyOverride(decision, choices);
    }
}

} // namespace

std::optional<Digest> subjectByName(const Tag &tag)
{
    const QString &name = tag.toString();
    const qsizetype dash = name.indexOf(u'-');
    if (dash <= 0)
        return {};
    qsizetype end = name.indexOf(u'.', dash);
    end = end < 0 ? name.size() : end;
    const auto digest = Digest::parse(
        QString(name.left(dash) + u':' + QStringView(name).mid(dash + 1, end - dash - 1)));
    // Of an algorithm that nobody knows, any name could be a digest.
    return digest && digest->hashAlgorithm() ? digest : std::nullopt;
}

RuleVerdicts judgeByRules(const RepositoryInventory &inventory, const CleanupRules &rules,
                          const CleanupChoices &choices)
{
    RuleVerdicts verdicts;
    verdicts.tags.reserve(inventory.snapshot.tags.size());
    verdicts.ruleCounts.fill(0, rules.rules.size());
    for (const auto &[tag, manifest] : inventory.snapshot.tags) {
        const ManifestDetails *known = detailsOf(manifest.digest, inventory);
        TagDecision decision{tag, manifest};
        decision.date = usableDate(known, tag, rules.undated, choices.now);
        decision.size = known ? known->size : -1;
        decision.subject = subjectByName(tag);
        if (!decision.subject && known)
            decision.subject = known->subject;
        verdicts.tags.append(decision);
    }
    judge(inventory, rules, choices, false, verdicts);
    judge(inventory, rules, choices, true, verdicts);
    return verdicts;
}

} // namespace Longshore
