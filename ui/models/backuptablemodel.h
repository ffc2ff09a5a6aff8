// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>
#include <QDateTime>
#include <QStringList>

namespace Longshore::Ui {

/// A backup on the disk.
struct BackupRow
{
    enum class State {
        Unchecked, ///< Nothing speaks against it, but nobody has read all of it.
        Needed, ///< By a run that is not finished: it must not go.
        Whole, ///< Every byte was checked.
        Damaged,
    };

    QString folder;
    QDateTime taken;
    QString registry = {}; ///< Empty for one that cannot be read.
    QString repository = {};
    QStringList tags = {}; ///< That were deleted.
    qsizetype images = 0; ///< Manifests that were deleted.
    qint64 bytes = 0; ///< On the disk.
    qint64 run = 0; ///< Its number in the journal; 0 for none.
    bool isNeeded = false; ///< By a run that is not finished.
    State state = State::Unchecked;
    QString problem = {}; ///< What is wrong with it.

    /// "registry.lab/team/app", or its folder where that is not known.
    [[nodiscard]] QString name() const;
};

/// The backups on the disk, the newest first.
class BackupTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        NameColumn,
        TagsColumn,
        ImagesColumn,
        SizeColumn,
        StateColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const QList<BackupRow> &rows);
    [[nodiscard]] const QList<BackupRow> &rows() const noexcept { return m_rows; }
    /// What a look at all of the backup has shown; \a problem is empty when it is whole.
    void setChecked(const QString &folder, const QString &problem);
    [[nodiscard]] qint64 totalBytes() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<BackupRow> m_rows;
};

} // namespace Longshore::Ui
