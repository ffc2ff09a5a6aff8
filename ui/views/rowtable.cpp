// SPDX-License-Identifier: Apache-2.0
#include "ui/views/rowtable.h"

#include "ui/delegates/roomydelegate.h"

#include <QHeaderView>

namespace Longshore::Ui {

RowTable::RowTable(QAbstractItemModel &model, const QString &objectName,
                   const QString &accessibleName)
{
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setModel(&model);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setDragDropMode(DragOnly);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setItemDelegate(new RoomyDelegate(this));
    setTabKeyNavigation(false); // Tab leaves the table, arrows move in it.
    setContextMenuPolicy(Qt::ActionsContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void RowTable::startDrag(Qt::DropActions)
{
    if (currentIndex().flags().testFlag(Qt::ItemIsDragEnabled))
        emit dragged(currentIndex());
}

} // namespace Longshore::Ui
