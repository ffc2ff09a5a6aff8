// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTableView>

namespace Longshore::Ui {

/// A table of whole rows, one of which is chosen. What its model lets be dragged, can be.
class RowTable : public QTableView
{
    Q_OBJECT

public:
    RowTable(QAbstractItemModel &model, const QString &objectName, const QString &accessibleName);

signals:
    /// Somebody begins to drag the row of \a index.
    void dragged(const QModelIndex &index);

protected:
    void startDrag(Qt::DropActions supportedActions) override;
};

} // namespace Longshore::Ui
