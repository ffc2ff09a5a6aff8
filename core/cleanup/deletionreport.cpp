// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/deletionreport.h"

#include <algorithm>

namespace Longshore {

using State = DeletionOutcome::State;

qsizetype DeletionReport::count(State state) const
{
    qsizetype count = 0;
    for (const DeletionOutcome &outcome : outcomes)
        count += outcome.state == state ? outcome.group.allTags().size() : 0;
    return count;
}

bool DeletionReport::isComplete() const
{
    return std::all_of(outcomes.begin(), outcomes.end(), [](const DeletionOutcome &outcome) {
        return outcome.state == State::Deleted;
    });
}

} // namespace Longshore
