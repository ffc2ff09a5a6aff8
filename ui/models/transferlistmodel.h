// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "ui/models/transferpartrow.h"

#include <QAbstractListModel>

namespace Longshore::Ui {

/// One transfer as a list shows it.
struct TransferRow
{
    enum class State { Waiting, Running, Paused, Finished, Failed, Cancelled };

    quint64 id = 0;
    QString title; ///< The name of the file, or of the image in a registry.
    QString source; ///< Where it comes from, in words.
    QString path; ///< Where it goes; empty where it goes into a registry.
    State state = State::Waiting;
    qint64 done = 0;
    qint64 total = -1;
    std::optional<qint64> bytesPerSecond = {};
    std::optional<qint64> secondsLeft = {};
    QString digest = {}; ///< Of a finished transfer: what was verified.
    std::optional<Error> error = {};
    QString remark = {}; ///< Of a finished transfer: what else there is to know.
    QList<TransferPartRow> parts = {}; ///< None where there is only one.
    bool canSignIn = false; ///< Whether it goes on by itself once somebody has signed in.
};

/// Transfers in the order in which they were asked for.
class TransferListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        StateRole, ///< TransferRow::State as int.
        StatusRole, ///< One line: how far it is, or how it ended and what there is to know.
        PermilleRole, ///< 0 to 1000, -1 while unknown.
        PathRole,
        SourceRole,
        ErrorDetailsRole,
    };

    using QAbstractListModel::QAbstractListModel;

    /// Adds the transfer, or shows what has changed of it.
    void update(const TransferRow &row);
    void remove(quint64 id);
    /// Gives the transfer another row.
    void move(quint64 id, qsizetype row);
    [[nodiscard]] const QList<TransferRow> &rows() const noexcept { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// Files that have arrived can be dragged to other programs.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

private:
    [[nodiscard]] qsizetype find(quint64 id) const;

    QList<TransferRow> m_rows;
};

/// Transfers that somebody wants to see together.
enum class TransferGroup {
    All,
    Running,
    Waiting, ///< For their turn, or for a person.
    Failed,
    Done, ///< Finished or cancelled.
};

/// Whether a transfer is one of them.
[[nodiscard]] bool belongsTo(TransferGroup group, const TransferRow &row);
/// Whether it goes on only when somebody has signed in.
[[nodiscard]] bool needsSignIn(const TransferRow &row);
/// Whether a transfer neither waits, nor runs, nor is paused.
[[nodiscard]] bool isOver(TransferRow::State state);
/// How far a transfer is, or how it ended, in one line.
[[nodiscard]] QString transferStatus(const TransferRow &row);
/// Where it goes: the path of a file, or the name of an image.
[[nodiscard]] QString placeOf(const TransferRow &row);
/// 0 to 1000; -1 while the total is unknown.
[[nodiscard]] int transferPermille(const TransferRow &row);

} // namespace Longshore::Ui
