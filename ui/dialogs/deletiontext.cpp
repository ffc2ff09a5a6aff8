// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/deletiontext.h"

#include "core/base/displaytext.h"
#include "core/oci/tagnames.h"
#include "ui/format/valueformat.h"
#include "ui/presenters/deletionpresenter.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui::DeletionText {

namespace {

using State = DeletionOutcome::State;

constexpr qsizetype mostNames = 12;
constexpr qsizetype mostLines = 6;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DeletionText)
};

} // namespace

QString names(const QList<Tag> &tags)
{
    QStringList shown;
    for (const Tag &tag : tags.mid(0, mostNames))
        shown.append(displayText(tag.toString()));
    const auto more = static_cast<int>(tags.size() - shown.size());
    return more > 0 ? Text::tr("%1 and %n more", nullptr, more).arg(shown.join(u", "_s))
                    : shown.join(u", "_s);
}

/// What stays though its image goes, as a further line.
static QString orphans(const DeletionPlan &plan)
{
    const QList<Tag> attached = plan.attached();
    return attached.isEmpty()
               ? QString()
               : u'\n'
                     + Text::tr("What was signed or said about these images stays: %1.")
                           .arg(names(attached));
}

/// A line for each image that an index needs, of its tags and the index's.
static QStringList ofNeeded(const DeletionPlan &plan, const QString &pattern)
{
    QStringList lines;
    for (const DeletionGroup &group : plan.groups) {
        if (!group.usedBy.isEmpty())
            lines.append(pattern.arg(names(group.chosen), names(group.usedBy)));
    }
    return lines;
}

/// The buttons below must stay on the screen.
static QString shortened(const QStringList &lines)
{
    const auto more = static_cast<int>(lines.size() - mostLines);
    const QString shown = lines.mid(0, mostLines).join(u'\n');
    return more > 0 ? shown + u'\n' + Text::tr("And %n more.", nullptr, more) : shown;
}

static QString goneImages(const DeletionPlan &plan)
{
    const QList<Tag> siblings = plan.siblings();
    const QString gone = siblings.isEmpty()
                             ? Text::tr("The images are used by no other tag and will be removed.")
                             : Text::tr("Every tag that points to an image goes with it. Also "
                                        "pointing to these images: %1.")
                                   .arg(names(siblings));
    return gone + orphans(plan);
}

QString unshared(const DeletionPlan &leaving)
{
    QList<Tag> tags;
    for (const DeletionGroup &group : leaving.groups)
        tags += group.allTags();
    return tags.isEmpty() ? QString()
                          : u'\n'
                                + Text::tr("Used by nothing else, and removed with the image: %1.")
                                      .arg(names(tags))
                                + orphans(leaving);
}

static QString toBeChosen(const DeletionPlan &plan)
{
    const QString request = Text::tr("Choose what shall go.");
    const QList<Tag> siblings = plan.siblings();
    return siblings.isEmpty() ? request
                              : Text::tr("Also pointing to these images: %1.").arg(names(siblings))
                                    + u' ' + request;
}

static QString keptImages(const DeletionPlan &plan)
{
    QStringList lines;
    if (const QList<Tag> siblings = plan.siblings(); !siblings.isEmpty())
        lines.append(Text::tr("Also pointing to these images: %1. They stay, and so do their "
                              "images.")
                         .arg(names(siblings)));
    return shortened(lines + ofNeeded(plan, Text::tr("The image of %1 is part of %2, and stays.")));
}

QString explanation(const DeletionPlan &plan, std::optional<DeletionScope> scope)
{
    if (plan.incomplete)
        return Text::tr("The repository could not be read completely, so nothing can be deleted "
                        "safely: %1")
            .arg(plan.incomplete->message);
    if (plan.groups.isEmpty())
        return Text::tr("There is nothing left to delete.");
    if (!scope)
        return toBeChosen(plan);
    if (scope == DeletionScope::OnlyTags)
        return keptImages(plan);
    const QString whyNot = whyNotWithImages(plan);
    return whyNot.isEmpty() ? goneImages(plan) : whyNot;
}

QString aboutOnlyTags(const DeletionPresenter &presenter)
{
    if (presenter.needsPlaceholder())
        return Text::tr("This server cannot remove a tag and keep its image, except by a detour: "
                        "an empty image is put under the tag and deleted. Whoever pulls the tag "
                        "in between gets that.");
    if (presenter.isTagRemovalUnknown())
        return Text::tr("Whether this server can do that is not known. If it cannot, these "
                        "tags stay.");
    return {};
}

QString whyNotWithImages(const DeletionPlan &plan)
{
    return shortened(ofNeeded(
        plan, Text::tr("%1 is part of %2, which would be broken. Delete both, or neither.")));
}

QString effect(const DeletionGroup &group)
{
    if (!group.usedBy.isEmpty())
        return Text::tr("is part of %1").arg(names(group.usedBy));
    return group.siblings.isEmpty() ? Text::tr("is deleted with its image")
                                    : Text::tr("is deleted with its image and %n more tag(s)",
                                               nullptr, static_cast<int>(group.siblings.size()));
}

/// As CleanupDialog says it for many repositories.
static QString thresholds(const DeletionPresenter &presenter)
{
    if (presenter.isProduction())
        return Text::tr("This connection is for production. Type the name of the repository, %1, "
                        "to go on:");
    const CleanupDecisions &decisions = presenter.decisions();
    if (decisions.wouldBeEmpty)
        return Text::tr("The repository loses its last image. Type %1 to go on:");
    return decisions.removedCount() > mostUnconfirmed
               ? Text::tr("These are many tags. Type their number, %1, to go on:")
               : Text::tr("The repository loses more than half of its tags. Type their number, "
                          "%1, to go on:");
}

QString question(const DeletionPresenter &presenter)
{
    const QString expected = presenter.neededConfirmation();
    return expected.isEmpty() ? QString() : thresholds(presenter).arg(quotedText(expected));
}

QString duration(const DeletionPresenter &presenter)
{
    const auto estimate = presenter.estimate();
    return estimate ? u' ' + Text::tr("It takes %1.").arg(formatEstimate(estimate->count()))
                    : QString();
}

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
