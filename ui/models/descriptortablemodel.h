// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"

#include <QAbstractTableModel>

class QIcon;

namespace Longshore::Ui {

/// Blobs, and what becomes of each. Who derives from it has the rows, and says the latter.
class DescriptorTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PartColumn, SizeColumn, StateColumn, DigestColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// What a blob of that type is, in a word.
    [[nodiscard]] static QString partText(const MediaType &type);
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

protected:
    [[nodiscard]] virtual const Descriptor &blobAt(int row) const = 0;
    [[nodiscard]] virtual QString stateTextAt(int row) const = 0;
    [[nodiscard]] virtual QIcon stateIconAt(int row) const = 0;
    /// Whether there is nothing to look at.
    [[nodiscard]] virtual bool isQuietAt(int row) const = 0;
    /// What stands above the states.
    [[nodiscard]] virtual QString stateTitle() const = 0;

private:
    [[nodiscard]] QString textAt(int row, int column) const;
    [[nodiscard]] QString toolTipAt(int row, int column) const;
};

} // namespace Longshore::Ui
