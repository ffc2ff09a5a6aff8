// SPDX-License-Identifier: Apache-2.0
#include "core/oci/tagnames.h"
#include "ui/dialogs/deletiontext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

/// What the delete dialog says when the run is over.
namespace Longshore::Ui::DeletionText {

namespace {

using State = DeletionOutcome::State;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DeletionText)
};

} // namespace

QString outcome(const DeletionOutcome &outcome, const Tag &tag)
{
    if (outcome.goneTags.contains(tag))
        return Text::tr("Already gone");
    const QString reason = outcome.error ? outcome.error->message : QString();
    switch (outcome.state) {
    case State::Deleted: return Text::tr("Deleted");
    case State::Skipped: return Text::tr("Skipped: %1").arg(reason);
    case State::Failed: return Text::tr("Failed: %1").arg(reason);
    case State::Unverified: return Text::tr("Unclear: %1").arg(reason);
    case State::NotTried: return Text::tr("Not tried");
    }
    Q_UNREACHABLE();
}

QString outcome(const UntagOutcome &outcome)
{
    const QString reason = outcome.error ? outcome.error->message : QString();
    switch (outcome.state) {
    case UntagOutcome::State::Removed: return Text::tr("Removed; its image stays");
    case UntagOutcome::State::AlreadyGone: return Text::tr("Already gone");
    case UntagOutcome::State::Skipped: return Text::tr("Skipped: %1").arg(reason);
    case UntagOutcome::State::Failed: return Text::tr("Failed: %1").arg(reason);
    case UntagOutcome::State::NotTried: return Text::tr("Not tried");
    }
    Q_UNREACHABLE();
}

QList<Tag> failedTags(const CleanupReport &report)
{
    QList<Tag> tags;
    for (const DeletionOutcome &outcome : report.deletion.outcomes) {
        if (outcome.state == State::Failed || outcome.state == State::Unverified)
            tags += outcome.group.chosen;
    }
    for (const UntagOutcome &outcome : report.untagged) {
        if (outcome.state == UntagOutcome::State::Failed)
            tags.append(outcome.tag);
    }
    return tags;
}

QStringList goneTags(const CleanupReport &report)
{
    QStringList names;
    for (const DeletionOutcome &outcome : report.deletion.outcomes)
        names +=
            namesOf(outcome.state == State::Deleted ? outcome.group.allTags() : outcome.goneTags);
    for (const UntagOutcome &outcome : report.untagged) {
        if (outcome.state == UntagOutcome::State::Removed
            || outcome.state == UntagOutcome::State::AlreadyGone)
            names.append(outcome.tag.toString());
    }
    return names;
}

bool hasDeleted(const CleanupReport &report)
{
    const auto &images = report.deletion.outcomes;
    return std::any_of(images.begin(), images.end(),
                       [](const auto &image) { return image.state == State::Deleted; })
           || std::any_of(report.untagged.begin(), report.untagged.end(), [](const auto &tag) {
                  return tag.state == UntagOutcome::State::Removed;
              });
}

QString headline(const CleanupReport &report)
{
    const auto alone = [&](UntagOutcome::State state) {
        return std::count_if(report.untagged.begin(), report.untagged.end(),
                             [state](const auto &one) { return one.state == state; });
    };
    const auto part = [&](State state, UntagOutcome::State untagged) {
        return static_cast<int>(report.deletion.count(state) + alone(untagged));
    };
    const int deleted = part(State::Deleted, UntagOutcome::State::Removed);
    QStringList parts{Text::tr("%n tag(s) deleted", nullptr, deleted)};
    const auto gone = report.deletion.goneCount() + alone(UntagOutcome::State::AlreadyGone);
    if (gone > 0)
        parts.append(Text::tr("%n already gone", nullptr, static_cast<int>(gone)));
    if (const int skipped = part(State::Skipped, UntagOutcome::State::Skipped))
        parts.append(Text::tr("%n skipped because something changed", nullptr, skipped));
    const auto unclear = static_cast<int>(report.deletion.count(State::Unverified));
    if (const int failed = part(State::Failed, UntagOutcome::State::Failed) + unclear)
        parts.append(Text::tr("%n failed", nullptr, failed));
    if (const int left = part(State::NotTried, UntagOutcome::State::NotTried))
        parts.append(Text::tr("%n not tried", nullptr, left));
    return parts.join(u", "_s) + u'.';
}

} // namespace Longshore::Ui::DeletionText
