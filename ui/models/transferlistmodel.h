// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/transferrow.h"

#include <QAbstractItemModel>
#include <QHash>

#include <variant>

namespace Longshore::Ui {

/// Transfers in the order in which they were asked for. Below each is what there is to know of it,
/// and the blobs that it brings.
class TransferListModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< Of the transfer, also for what is below it.
        StateRole, ///< TransferRow::State as int; of transfers only.
        StatusRole, ///< One line: how far it is, or how it ended and what there is to know.
        PermilleRole, ///< 0 to 1000, -1 while unknown; of a part only while it runs.
        PathRole,
        SourceRole,
        OriginRole, ///< By which connection, and since when; of transfers only.
        CellsRole, ///< Of a row below a transfer: what stands beside each other in it.
        CopyRole, ///< What the clipboard gets: of a part, its digest.
    };

    using QAbstractItemModel::QAbstractItemModel;

    /// Adds the transfer, or shows what has changed of it.
    void update(const TransferRow &row);
    void remove(quint64 id);
    /// Gives the transfer another row.
    void move(quint64 id, qsizetype row);
    [[nodiscard]] const QList<TransferRow> &rows() const noexcept { return m_rows; }
    /// Whether that is a blob of a transfer.
    [[nodiscard]] bool isPart(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column = 0,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex & = {}) const override { return 1; }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// Files that have arrived can be dragged to other programs.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

private:
    using Detail = std::variant<QString, TransferPartRow>; ///< A note or a blob.

    [[nodiscard]] static QList<Detail> detailsOf(const TransferRow &row);
    /// Null for the row of a transfer.
    [[nodiscard]] const Detail *detailAt(const QModelIndex &index) const;
    void showDetails(const QModelIndex &transfer);
    [[nodiscard]] qsizetype find(quint64 id) const;

    QList<TransferRow> m_rows;
    QHash<quint64, QList<Detail>> m_details; ///< What is shown below each.
};

} // namespace Longshore::Ui
