// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/restorelist.h"

#include "core/base/displaytext.h"
#include "ui/delegates/roomydelegate.h"
#include "ui/dialogs/restoretext.h"
#include "ui/format/tooltip.h"

#include <QHeaderView>
#include <QSet>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

static constexpr int isFreeRole = Qt::UserRole; // Ticked by the box of its backup.
static constexpr int placeRole = Qt::UserRole + 1; // Where it would come back.

RestoreList::RestoreList(QWidget *parent) : QTreeWidget(parent)
{
    setObjectName(u"restoreList"_s);
    setItemDelegate(new RoomyDelegate(this));
    setUniformRowHeights(true);
    setAlternatingRowColors(true);
    begin({tr("Tag"), tr("What is possible"), tr("Image")}, false);
    header()->resizeSection(0, fontMetrics().averageCharWidth() * 28);
    header()->resizeSection(1, fontMetrics().averageCharWidth() * 48);
    connect(this, &QTreeWidget::itemChanged, this, &RestoreList::passOn);
}

void RestoreList::begin(const QStringList &header, bool hasRoots)
{
    clear();
    setHeaderLabels(header);
    m_hasRoots = hasRoots;
    m_roots.clear();
    m_free.clear();
    setRootIsDecorated(hasRoots);
    setAccessibleName(hasRoots ? tr("What is in the backups") : tr("What is in the backup"));
}

void RestoreList::end()
{
    expandAll();
    setCurrentItem(topLevelItem(0));
}

QTreeWidgetItem *RestoreList::addRoot(const BackupRestore &backup, const QString &state)
{
    if (!m_hasRoots) {
        m_roots.append(invisibleRootItem());
        return invisibleRootItem();
    }
    const RestorePresenter &presenter = *backup.presenter;
    const QString name = displayText(presenter.name());
    auto *root = new QTreeWidgetItem(
        {presenter.isOfTagsAlone() ? tr("%1 (tags alone)").arg(name) : name, state});
    root->setToolTip(0, toolTipText(root->text(0) + u'\n' + quotedPath(presenter.folder())));
    root->setToolTip(1, toolTipText(state));
    addTopLevelItem(root);
    m_roots.append(root);
    return root;
}

static QTreeWidgetItem *rowOf(const RestoreItem &item, const QString &state)
{
    auto *row = new QTreeWidgetItem(
        {item.tag ? displayText(item.tag->toString()) : RestoreList::tr("(without a tag)"), state,
         item.manifest.digest.shortText()});
    row->setToolTip(1, toolTipText(state));
    row->setToolTip(2, item.manifest.digest.toString());
    return row;
}

static bool canBeTicked(const QTreeWidgetItem &row)
{
    return row.data(0, Qt::CheckStateRole).isValid();
}

static bool isTicked(const QTreeWidgetItem &row)
{
    return row.checkState(0) == Qt::Checked;
}

/// What is free decides whether that is all of a backup: the rest would be moved, and is only ticked
/// one by one.
static void updateBox(QTreeWidgetItem &root)
{
    int free = 0;
    int tickedFree = 0;
    int ticked = 0;
    for (int number = 0; number < root.childCount(); ++number) {
        const QTreeWidgetItem &row = *root.child(number);
        const bool isFree = row.data(0, isFreeRole).toBool();
        free += isFree ? 1 : 0;
        tickedFree += isFree && isTicked(row) ? 1 : 0;
        ticked += isTicked(row) ? 1 : 0;
    }
    if (free > 0)
        root.setCheckState(0, tickedFree == free ? Qt::Checked
                              : ticked > 0       ? Qt::PartiallyChecked
                                                 : Qt::Unchecked);
}

static void tickAll(const QTreeWidgetItem &root, bool isToBeTicked)
{
    for (int number = 0; number < root.childCount(); ++number) {
        QTreeWidgetItem &row = *root.child(number);
        if (isToBeTicked && row.data(0, isFreeRole).toBool())
            row.setCheckState(0, Qt::Checked);
        else if (!isToBeTicked && canBeTicked(row))
            row.setCheckState(0, Qt::Unchecked);
    }
}

static QSet<QString> tickedPlaces(const QTreeWidgetItem &root)
{
    QSet<QString> places;
    for (int number = 0; number < root.childCount(); ++number) {
        const QTreeWidgetItem &row = *root.child(number);
        if (isTicked(row))
            places.insert(row.data(0, placeRole).toString());
    }
    return places;
}

/// Only one of several backups can have its way, and each is behind the plan of another then.
void RestoreList::untickElsewhere(const QTreeWidgetItem &root)
{
    const QSet<QString> places = tickedPlaces(root);
    for (QTreeWidgetItem *other : std::as_const(m_roots)) {
        for (int number = 0; other != &root && number < other->childCount(); ++number) {
            QTreeWidgetItem &row = *other->child(number);
            if (isTicked(row) && places.contains(row.data(0, placeRole).toString()))
                row.setCheckState(0, Qt::Unchecked);
        }
        updateBox(*other);
    }
}

void RestoreList::addItems(QTreeWidgetItem *root, const RestorePresenter &presenter)
{
    for (const RestoreItem &item : presenter.plan()->items) {
        const bool isFree = item.canComeBack() && item.place == RestoreItem::Place::Free;
        const QString place = placeOf(presenter, item);
        const bool isFirst = !m_free.contains(place);
        const QString state = RestoreText::state(item);
        QTreeWidgetItem *row = rowOf(
            item, isFree && !isFirst ? tr("%1; a newer backup has it, too").arg(state) : state);
        row->setData(0, isFreeRole, isFree);
        row->setData(0, placeRole, place);
        if (item.canComeBack())
            row->setCheckState(0, isFree && isFirst ? Qt::Checked : Qt::Unchecked);
        if (isFree)
            m_free.insert(place);
        root->addChild(row);
    }
}

void RestoreList::showPlans(const QList<BackupRestore> &backups)
{
    const QSignalBlocker blocker(this);
    begin({tr("Tag"), tr("What is possible"), tr("Image")}, backups.size() > 1);
    for (const BackupRestore &backup : backups) {
        const RestorePlan *plan = backup.presenter->plan();
        QTreeWidgetItem *root = addRoot(backup, plan ? RestoreText::explanation(plan->items)
                                                     : RestoreText::failure(*backup.error));
        if (!plan)
            continue;
        addItems(root, *backup.presenter);
        if (m_hasRoots)
            updateBox(*root);
    }
    end();
}

void RestoreList::showResults(const QList<BackupRestore> &backups)
{
    const QSignalBlocker blocker(this);
    begin({tr("Tag"), tr("What happened"), tr("Image")}, backups.size() > 1);
    for (const BackupRestore &backup : backups) {
        const QList<RestoreOutcome> outcomes = backup.outcomes();
        if (outcomes.isEmpty() && !backup.error)
            continue; // Nobody wanted anything of it.
        QTreeWidgetItem *root = addRoot(backup, backup.error ? RestoreText::failure(*backup.error)
                                                             : RestoreText::headline(outcomes));
        for (const RestoreOutcome &outcome : outcomes)
            root->addChild(rowOf(outcome.item, RestoreText::outcome(outcome)));
    }
    end();
}

QList<QList<qsizetype>> RestoreList::ticked() const
{
    QList<QList<qsizetype>> ticked;
    for (const QTreeWidgetItem *root : m_roots) {
        QList<qsizetype> rows;
        for (int row = 0; row < root->childCount(); ++row) {
            if (isTicked(*root->child(row)))
                rows.append(row);
        }
        ticked.append(rows);
    }
    return ticked;
}

void RestoreList::passOn(QTreeWidgetItem *changed, int column)
{
    if (column != 0)
        return;
    if (m_hasRoots) {
        const QSignalBlocker blocker(this);
        QTreeWidgetItem *root = changed->parent();
        if (!root) {
            root = changed;
            tickAll(*root, isTicked(*root));
        }
        untickElsewhere(*root);
    }
    emit tickedChanged();
}

} // namespace Longshore::Ui
