// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/restorereport.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

using State = RestoreOutcome::State;

QString RestoreOutcome::stateName(State state)
{
    switch (state) {
    case State::Restored: return u"restored"_s;
    case State::AlreadyThere: return u"already-there"_s;
    case State::Conflict: return u"conflict"_s;
    case State::Lost: return u"lost"_s;
    case State::Failed: return u"failed"_s;
    case State::NotTried: return u"not-tried"_s;
    }
    Q_UNREACHABLE();
}

qsizetype RestoreReport::count(State state) const
{
    return std::count_if(outcomes.begin(), outcomes.end(),
                         [state](const RestoreOutcome &one) { return one.state == state; });
}

bool RestoreReport::isComplete() const
{
    return count(State::Restored) + count(State::AlreadyThere) == outcomes.size();
}

} // namespace Longshore
