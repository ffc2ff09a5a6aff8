// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/cleanupreport.h"

#include <algorithm>

namespace Longshore {

bool CleanupReport::isComplete() const
{
    return deletion.isComplete()
           && std::all_of(untagged.begin(), untagged.end(), [](const UntagOutcome &outcome) {
                  return outcome.state == UntagOutcome::State::Removed;
              });
}

} // namespace Longshore
