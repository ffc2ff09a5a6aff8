// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"

#include <QAbstractTableModel>

namespace Longshore::Ui {

/// A blob that an image needs, and what it takes to have it at another place.
struct BlobRow
{
    enum class State {
        Present, ///< It is there.
        Mounted, ///< The registry takes it from another of its repositories.
        ToSend, ///< Its bytes have to travel.
    };

    Descriptor blob;
    State state = State::ToSend;
};

/// The blobs of images that are to be copied; those that have to travel come first.
class BlobTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PartColumn, SizeColumn, StateColumn, DigestColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const QList<BlobRow> &rows);
    [[nodiscard]] const QList<BlobRow> &rows() const noexcept { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<BlobRow> m_rows;
};

} // namespace Longshore::Ui
