// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/runprogress.h"

namespace Longshore {

void RunProgress::count(const DeletionOutcome &outcome)
{
    const qsizetype count = outcome.tags().size();
    switch (outcome.state) {
    case DeletionOutcome::State::Deleted: done += count; break;
    case DeletionOutcome::State::Skipped: skipped += count; break;
    case DeletionOutcome::State::Failed:
    case DeletionOutcome::State::Unverified: failed += count; break;
    case DeletionOutcome::State::NotTried: break;
    }
}

void RunProgress::count(const UntagOutcome &outcome)
{
    switch (outcome.state) {
    case UntagOutcome::State::Removed: ++done; break;
    case UntagOutcome::State::Skipped: ++skipped; break;
    case UntagOutcome::State::Failed: ++failed; break;
    case UntagOutcome::State::AlreadyGone:
    case UntagOutcome::State::NotTried: break;
    }
}

} // namespace Longshore
