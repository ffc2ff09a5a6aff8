// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/descriptortablemodel.h"

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
class BlobTableModel final : public DescriptorTableModel
{
    Q_OBJECT

public:
    using DescriptorTableModel::DescriptorTableModel;

    void setRows(const QList<BlobRow> &rows);
    [[nodiscard]] const QList<BlobRow> &rows() const noexcept { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;

private:
    [[nodiscard]] const Descriptor &blobAt(int row) const override { return m_rows.at(row).blob; }
    [[nodiscard]] QString stateTextAt(int row) const override;
    [[nodiscard]] QIcon stateIconAt(int row) const override;
    [[nodiscard]] bool isQuietAt(int row) const override
    {
        return m_rows.at(row).state != BlobRow::State::ToSend;
    }
    [[nodiscard]] QString stateTitle() const override { return tr("On the server"); }

    QList<BlobRow> m_rows;
};

} // namespace Longshore::Ui
