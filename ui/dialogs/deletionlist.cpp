// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/deletionlist.h"

#include "core/base/displaytext.h"
#include "ui/delegates/roomydelegate.h"
#include "ui/dialogs/deletiontext.h"
#include "ui/format/errortext.h"
#include "ui/format/tooltip.h"
#include "ui/format/valueformat.h"
#include "ui/presenters/deletionpresenter.h"

#include <QHeaderView>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

DeletionList::DeletionList(QWidget *parent) : QTreeWidget(parent)
{
    setObjectName(u"deletionList"_s);
    setAccessibleName(tr("What will be deleted"));
    setHeaderLabels({tr("Tag"), tr("What happens"), tr("Image")});
    setItemDelegate(new RoomyDelegate(this));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAlternatingRowColors(true);
    setSelectionMode(QAbstractItemView::NoSelection);
    header()->resizeSection(0, fontMetrics().averageCharWidth() * 26);
    header()->resizeSection(1, fontMetrics().averageCharWidth() * 44);
}

void DeletionList::add(const Tag &tag, const QString &effect, const Digest &digest,
                       const std::optional<Error> &error)
{
    auto *item = new QTreeWidgetItem({displayText(tag.toString()), effect, digest.shortText()});
    item->setToolTip(2, digest.toString());
    if (error && error->httpStatus != 0) {
        item->setText(3, QString::number(error->httpStatus));
        item->setText(4, displayText(serverWords(*error)));
        item->setToolTip(4, toolTipText(item->text(4)));
    }
    addTopLevelItem(item);
}

/// Nobody has said yet what becomes of them.
void DeletionList::showChoice(const DeletionPlan &plan)
{
    for (const DeletionGroup &group : plan.groups) {
        for (const Tag &tag : group.chosen)
            add(tag, group.usedBy.isEmpty() ? tr("chosen") : DeletionText::effect(group),
                group.manifest.digest);
        for (const Tag &tag : group.siblings)
            add(tag, tr("points to the same image"), group.manifest.digest);
    }
}

void DeletionList::showPlan(const DeletionPresenter &presenter)
{
    clear();
    const DeletionPlan &plan = *presenter.plan();
    if (!presenter.scope() && presenter.hasScopes())
        return showChoice(plan);
    const bool isOnlyTags = presenter.scope() == DeletionScope::OnlyTags;
    const QSet<Digest> leaving = presenter.decisions().leaving();
    for (const DeletionGroup &group : plan.groups) {
        const bool stays = isOnlyTags && !leaving.contains(group.manifest.digest);
        for (const Tag &tag : group.chosen)
            add(tag, stays ? tr("is removed; its image stays") : DeletionText::effect(group),
                group.manifest.digest);
        for (const Tag &tag : group.siblings)
            add(tag,
                stays ? tr("points to the same image, and stays")
                      : tr("points to the same image and goes with it"),
                group.manifest.digest);
    }
    for (const Tag &tag : plan.unknown)
        addTopLevelItem(
            new QTreeWidgetItem({displayText(tag.toString()), tr("is not there any more"), {}}));
    appendRemains(presenter);
}

void DeletionList::appendRemains(const DeletionPresenter &presenter)
{
    if (!presenter.scope() && presenter.hasScopes())
        return; // Nobody has said yet what they would remain of.
    QHash<Digest, QString> names;
    for (const DeletionGroup &group : presenter.plan()->groups)
        names.insert(group.manifest.digest, DeletionText::names(group.allTags()));
    const QList<Remain> remains = presenter.remains();
    for (const Remain &remain : remains) {
        const QString effect = remain.kind == Remain::Kind::Part ? tr("stays; a part of %1 (%2)")
                                                                 : tr("stays; it is about %1 (%2)");
        auto *item = new QTreeWidgetItem(
            {tr("(without a tag)"), effect.arg(names.value(remain.image), formatBytes(remain.size)),
             remain.digest.shortText()});
        item->setToolTip(1, toolTipText(item->text(1)));
        item->setToolTip(2, remain.digest.toString());
        addTopLevelItem(item);
    }
}

void DeletionList::showReport(const CleanupReport &report)
{
    clear();
    setHeaderLabels({tr("Tag"), tr("What happened"), tr("Image"), tr("HTTP Status"),
                     tr("Answer of the Server")});
    for (const DeletionOutcome &outcome : report.deletion.outcomes) {
        const QList<Tag> tags = outcome.group.allTags();
        for (const Tag &tag : tags)
            add(tag, DeletionText::outcome(outcome, tag), outcome.group.manifest.digest,
                outcome.goneTags.contains(tag) ? std::nullopt : outcome.error);
    }
    for (const UntagOutcome &outcome : report.untagged)
        add(outcome.tag, DeletionText::outcome(outcome), outcome.digest, outcome.error);
    hideIfEmpty(3);
    hideIfEmpty(4);
}

/// Where nothing has failed, nobody has to scroll past it.
void DeletionList::hideIfEmpty(int column)
{
    bool isEmpty = true;
    for (int row = 0; row < topLevelItemCount(); ++row)
        isEmpty = isEmpty && topLevelItem(row)->text(column).isEmpty();
    setColumnHidden(column, isEmpty);
}

} // namespace Longshore::Ui
