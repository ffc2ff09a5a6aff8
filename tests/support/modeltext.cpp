// SPDX-License-Identifier: Apache-2.0
#include "support/modeltext.h"

#include <QAbstractItemModel>

using namespace Qt::StringLiterals;

static void appendRows(const QAbstractItemModel &model, const QModelIndex &parent, int columns,
                       int depth, QStringList &lines)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < columns; ++column)
            cells.append(model.index(row, column, parent).data().toString());
        lines.append(QString(2 * depth, u' ') + cells.join(u" | "_s));
        appendRows(model, model.index(row, 0, parent), columns, depth + 1, lines);
    }
}

QString treeText(const QAbstractItemModel &model, int columns)
{
    QStringList lines;
    appendRows(model, {}, columns, 0, lines);
    return lines.join(u'\n');
}
