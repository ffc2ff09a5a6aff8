// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/descriptortablemodel.h"
#include "ui/models/transferpartrow.h"

namespace Longshore::Ui {

/// The blobs that a transfer brings, and how far each is.
class TransferPartModel final : public DescriptorTableModel
{
    Q_OBJECT

public:
    using DescriptorTableModel::DescriptorTableModel;

    /// Of the same blobs only what has changed is shown anew.
    void setParts(const QList<TransferPartRow> &parts);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;

private:
    [[nodiscard]] const Descriptor &blobAt(int row) const override { return m_parts.at(row).blob; }
    [[nodiscard]] QString stateTextAt(int row) const override;
    [[nodiscard]] QIcon stateIconAt(int row) const override;
    [[nodiscard]] bool isQuietAt(int row) const override
    {
        return m_parts.at(row).state == TransferPartRow::State::Waiting;
    }
    [[nodiscard]] QString stateTitle() const override { return tr("State"); }
    [[nodiscard]] bool isOfSameBlobs(const QList<TransferPartRow> &parts) const;

    QList<TransferPartRow> m_parts;
};

} // namespace Longshore::Ui
