// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/manifest.h"

#include <QAbstractTableModel>

namespace Longshore::Ui {

/// The manifests of an index: images by platform, each with its attestations below it.
class PlatformTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PlatformColumn, KindColumn, SizeColumn, DigestColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setIndex(const ImageIndex &index);
    [[nodiscard]] const Descriptor &descriptor(int row) const { return m_rows.at(row).descriptor; }
    [[nodiscard]] bool isAttestation(int row) const { return m_rows.at(row).isAttestation; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// Images can be dragged.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Row
    {
        Descriptor descriptor;
        bool isAttestation = false;
        bool hasSubject = false; ///< The image that it is about is the one above.
    };

    QList<Row> m_rows;
};

/// What an entry of an index is called: its platform, else its digest.
[[nodiscard]] QString platformLabel(const Descriptor &entry);

} // namespace Longshore::Ui
