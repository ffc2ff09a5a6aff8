// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletionreport.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

using State = DeletionOutcome::State;

QString DeletionOutcome::stateName(State state)
{
    switch (state) {
    case State::Deleted: return u"deleted"_s;
    case State::Skipped: return u"skipped"_s;
    case State::Failed: return u"failed"_s;
    case State::Unverified: return u"unverified"_s;
    case State::NotTried: return u"not-tried"_s;
    }
    Q_UNREACHABLE();
}

QList<Tag> DeletionOutcome::tags() const
{
    QList<Tag> tags = group.allTags();
    tags.removeIf([this](const Tag &tag) { return goneTags.contains(tag); });
    return tags;
}

qsizetype DeletionReport::count(State state) const
{
    qsizetype count = 0;
    for (const DeletionOutcome &outcome : outcomes)
        count += outcome.state == state ? outcome.tags().size() : 0;
    return count;
}

qsizetype DeletionReport::goneCount() const
{
    qsizetype count = 0;
    for (const DeletionOutcome &outcome : outcomes)
        count += outcome.goneTags.size();
    return count;
}

bool isRefusal(const Error &error)
{
    return error.kind == Error::Kind::Unauthorized || error.kind == Error::Kind::Forbidden
           || error.kind == Error::Kind::Unsupported || error.kind == Error::Kind::Policy;
}

bool DeletionReport::mayHaveChanged() const
{
    return std::any_of(outcomes.begin(), outcomes.end(), [](const DeletionOutcome &outcome) {
        return outcome.state == State::Deleted || outcome.state == State::Unverified;
    });
}

bool DeletionReport::isComplete() const
{
    return std::all_of(outcomes.begin(), outcomes.end(), [](const DeletionOutcome &outcome) {
        return outcome.state == State::Deleted;
    });
}

DeletionPlan DeletionReport::rest(const DeletionPlan &plan) const
{
    DeletionPlan result = plan;
    result.groups.clear();
    for (const DeletionOutcome &outcome : outcomes) {
        if (outcome.state == State::NotTried)
            result.groups.append(outcome.group);
        else if (outcome.state != State::Deleted)
            result.withheld.insert(outcome.group.manifest.digest);
    }
    return result;
}

} // namespace Longshore
