// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/imageconfig.h"

#include <QAbstractTableModel>

namespace Longshore::Ui {

/// The layers of an image in build order, joined with the steps that made them.
class LayerTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NumberColumn, SizeColumn, CommandColumn, TypeColumn, DigestColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const QList<LayerRow> &rows);
    [[nodiscard]] const LayerRow &row(int number) const { return m_rows.at(number); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// Steps without files cannot be dragged.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<LayerRow> m_rows;
};

} // namespace Longshore::Ui
