// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/deletiontext.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore::Ui::DeletionText {

namespace {

using State = DeletionOutcome::State;

constexpr qsizetype mostNames = 12;

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

QString explanation(const DeletionPlan &plan)
{
    if (plan.incomplete)
        return Text::tr("The repository could not be read completely, so nothing can be deleted "
                        "safely: %1")
            .arg(plan.incomplete->message);
    if (plan.groups.isEmpty())
        return Text::tr("There is nothing left to delete.");
    QStringList needed;
    for (const DeletionGroup &group : plan.groups) {
        if (!group.usedBy.isEmpty())
            needed.append(
                Text::tr("%1 is part of %2, which would be broken. Delete both, or neither.")
                    .arg(names(group.chosen), names(group.usedBy)));
    }
    if (!needed.isEmpty())
        return needed.join(u'\n');
    const QList<Tag> siblings = plan.siblings();
    const QString gone =
        siblings.isEmpty()
            ? Text::tr("The images are used by no other tag and will be removed.")
            : Text::tr("This server removes images, and with an image every tag that points to it. "
                       "Also pointing to these images: %1.")
                  .arg(names(siblings));
    const QList<Tag> attached = plan.attached();
    return attached.isEmpty()
               ? gone
               : gone + u'\n'
                     + Text::tr("What was signed or said about these images stays: %1.")
                           .arg(names(attached));
}

QString effect(const DeletionGroup &group)
{
    if (!group.usedBy.isEmpty())
        return Text::tr("is part of %1").arg(names(group.usedBy));
    return group.siblings.isEmpty() ? Text::tr("is deleted with its image")
                                    : Text::tr("is deleted with its image and %n more tag(s)",
                                               nullptr, static_cast<int>(group.siblings.size()));
}

QString outcome(const DeletionOutcome &outcome)
{
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

QString headline(const DeletionReport &report)
{
    const auto part = [&](State state) { return static_cast<int>(report.count(state)); };
    QStringList parts{Text::tr("%n tag(s) deleted", nullptr, part(State::Deleted))};
    if (const int skipped = part(State::Skipped))
        parts.append(Text::tr("%n skipped because something changed", nullptr, skipped));
    if (const int failed = part(State::Failed) + part(State::Unverified))
        parts.append(Text::tr("%n failed", nullptr, failed));
    if (const int left = part(State::NotTried))
        parts.append(Text::tr("%n not tried", nullptr, left));
    return parts.join(u", "_s) + u'.';
}

} // namespace Longshore::Ui::DeletionText
