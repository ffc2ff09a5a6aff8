// SPDX-License-Identifier: Apache-2.0
#include "core/cleanup/cleanupreport.h"

#include <algorithm>

namespace Longshore {

QString UntagOutcome::stateName(State state)
{
    switch (state) {
    case State::Removed: return QStringLiteral("untagged");
    case State::AlreadyGone: return QString(alreadyGone);
    case State::Skipped: return QStringLiteral("skipped");
    case State::Failed: return QStringLiteral("failed");
    case State::NotTried: return QStringLiteral("not-tried");
    }
    Q_UNREACHABLE();
}

QList<Tag> CleanupReport::leavingTags() const
{
    QList<Tag> tags;
    for (const UntagOutcome &outcome : untagged)
        tags.append(outcome.tag);
    return tags;
}

bool CleanupReport::hasChanged() const
{
    return !deletion.outcomes.isEmpty()
           || std::any_of(untagged.begin(), untagged.end(), [](const UntagOutcome &outcome) {
                  return outcome.state == UntagOutcome::State::Removed;
              });
}

QStringList CleanupReport::backupFolders() const
{
    QStringList folders{deletion.backup.folder, tagBackup.folder};
    folders.removeAll(QString());
    return folders;
}

bool CleanupReport::isComplete() const
{
    return deletion.isComplete()
           && std::all_of(untagged.begin(), untagged.end(), [](const UntagOutcome &outcome) {
                  return outcome.state == UntagOutcome::State::Removed
                         || outcome.state == UntagOutcome::State::AlreadyGone;
              });
}

} // namespace Longshore
