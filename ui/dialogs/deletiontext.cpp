// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/deletiontext.h"

#include "core/base/displaytext.h"
#include "core/oci/tagnames.h"
#include "ui/format/valueformat.h"
#include "ui/presenters/deletionpresenter.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore::Ui::DeletionText {

namespace {

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

static QString quotedPaths(const QStringList &folders)
{
    QStringList places;
    for (const QString &folder : folders)
        places.append(quotedPath(folder));
    return places.join(u", "_s);
}

QString backup(const QStringList &folders)
{
    return folders.isEmpty()
               ? Text::tr("Nothing was saved, because everything was gone already.")
               : Text::tr("The backup is in %1. The space on the server comes back when its "
                          "garbage collection runs.")
                     .arg(quotedPaths(folders));
}

/// As a further sentence; empty where nobody knows.
static QString duration(const DeletionPresenter &presenter)
{
    const auto estimate = presenter.estimate();
    return estimate ? u' ' + Text::tr("It takes %1.").arg(formatEstimate(estimate->count()))
                    : QString();
}

QString plannedBackup(const DeletionPresenter &presenter)
{
    return Text::tr("A backup of %n manifest(s) will be written before anything is deleted, to %1. "
                    "It brings back what is deleted as long as the server has not collected its "
                    "garbage; with the layers, always.",
                    nullptr, static_cast<int>(presenter.plan()->groups.size()))
               .arg(quotedPaths(presenter.backupFolders()))
           + duration(presenter);
}

QString running(const DeletionPresenter &presenter)
{
    const RunWatch &watch = presenter.watch();
    if (watch.isStopping())
        return Text::tr("Stopping behind what is being deleted\u2026");
    if (watch.isPaused())
        return Text::tr("Nothing further is deleted until it goes on.");
    const auto left = presenter.timeLeft();
    return left ? Text::tr("Deleting\u2026 %1.").arg(formatTimeLeft(left->count()))
                : Text::tr("Saving the backup, then deleting\u2026");
}

} // namespace Longshore::Ui::DeletionText
