// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/oldtagtext.h"

#include "core/base/displaytext.h"
#include "ui/dialogs/deletiontext.h"
#include "ui/format/errortext.h"

#include <QCoreApplication>

namespace Longshore::Ui::OldTagText {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OldTagText)
};

QString whatIsThere(const OldTagOutcome &outcome)
{
    if (outcome.left.isEmpty() && outcome.missing.isEmpty())
        return Text::tr("What there is now is not known.");
    QStringList lines{Text::tr("There is now:")};
    for (const auto &[tag, digest] : outcome.left)
        lines.append(Text::tr("%1 (%2)", "a tag, and the digest that it points to")
                         .arg(displayText(tag.toString()), digest.toString()));
    for (const Tag &tag : outcome.missing)
        lines.append(Text::tr("%1 (not there)", "a tag").arg(displayText(tag.toString())));
    return lines.join(u'\n');
}

/// A line of its own; nothing where nothing was saved.
QString whereItIsKept(const OldTagOutcome &outcome)
{
    return outcome.backupFolder.isEmpty() ? QString()
                                          : u'\n'
                                                + Text::tr("What it pointed to is kept in %1.")
                                                      .arg(quotedPath(outcome.backupFolder));
}

} // namespace

QString promise(const Tag &tag)
{
    return Text::tr(
               "When every new tag points to the image, its manifest is saved as a backup, and "
               "%1 is removed alone, if it still points to the same.")
        .arg(quotedText(tag.toString()));
}

QString result(const OldTag &old, const OldTagOutcome &outcome)
{
    const QString added = DeletionText::names(old.newTags);
    const QString tag = quotedText(old.tag.toString());
    if (outcome.state == UntagOutcome::State::AlreadyGone)
        return Text::tr("Added %1. Somebody else had removed %2 by then.").arg(added, tag);
    if (outcome.isGone())
        return (outcome.error
                    ? Text::tr("Added %1, and removed %2, though the server's answer was lost.")
                    : Text::tr("Added %1, and removed %2."))
                   .arg(added, tag)
               + whereItIsKept(outcome);
    const QString reason = outcome.error ? errorText(*outcome.error).summary() : QString();
    const QString text = outcome.missing.contains(old.tag)
                             ? Text::tr("Added %1. %2 is gone, but something went wrong. %3")
                             : Text::tr("Added %1, but %2 was not removed. %3");
    return text.arg(added, tag, reason) + u'\n' + whatIsThere(outcome) + whereItIsKept(outcome);
}

} // namespace Longshore::Ui::OldTagText
