// SPDX-License-Identifier: Apache-2.0
#include "ui/models/layertablemodel.h"

#include "core/base/displaytext.h"
#include "ui/format/quietcolour.h"
#include "ui/format/tintedicon.h"
#include "ui/format/tooltip.h"
#include "ui/format/valueformat.h"

#include <QFontDatabase>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

/// "RUN make" instead of "/bin/sh -c make": the shell is noise that every step repeats.
QString command(const LayerRow &row)
{
    if (!row.history)
        return {};
    QString text = row.history->createdBy.simplified();
    const auto noComment = "/bin/sh -c #(nop) "_L1;
    const auto shell = "/bin/sh -c "_L1;
    if (text.startsWith(noComment))
        text = text.mid(noComment.size()).trimmed();
    else if (text.startsWith(shell))
        text = "RUN "_L1 + text.mid(shell.size());
    return displayText(text);
}

} // namespace

void LayerTableModel::setRows(const QList<LayerRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int LayerTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LayerTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

static QString cell(const LayerRow &row, int column)
{
    switch (column) {
    case LayerTableModel::NumberColumn: return row.layer ? QString::number(row.number) : QString();
    case LayerTableModel::SizeColumn:
        return row.layer ? formatBytes(row.layer->size) : LayerTableModel::tr("no files");
    case LayerTableModel::CommandColumn: return command(row);
    case LayerTableModel::TypeColumn:
        return row.layer ? displayText(row.layer->mediaType.toString(), 100) : QString();
    case LayerTableModel::DigestColumn:
        return row.layer ? row.layer->digest.shortText() : QString();
    default: return {};
    }
}

static QString toolTip(const LayerRow &row, int column)
{
    switch (column) {
    case LayerTableModel::SizeColumn:
        return row.layer ? formatExactBytes(row.layer->size) : QString();
    case LayerTableModel::CommandColumn:
        return row.history ? displayText(row.history->createdBy, 4096) : QString();
    case LayerTableModel::DigestColumn: return row.layer ? row.layer->digest.toString() : QString();
    default: return cell(row, column);
    }
}

QVariant LayerTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const LayerRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return cell(row, index.column());
    case Qt::ToolTipRole: return toolTipText(toolTip(row, index.column()));
    case Qt::AccessibleTextRole:
        if (index.column() != NumberColumn)
            return {};
        return row.layer ? tr("Layer %1, %2").arg(row.number).arg(formatBytes(row.layer->size))
                         : tr("Step without files");
    case Qt::TextAlignmentRole:
        return index.column() <= SizeColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                            : QVariant();
    case Qt::DecorationRole:
        return index.column() == NumberColumn && row.layer ? tintedIcon(u"layer"_s) : QVariant();
    case Qt::ForegroundRole: return row.layer ? QVariant() : quietColour();
    case Qt::FontRole:
        return index.column() == DigestColumn ? QFontDatabase::systemFont(QFontDatabase::FixedFont)
                                              : QVariant();
    default: return {};
    }
}

Qt::ItemFlags LayerTableModel::flags(const QModelIndex &index) const
{
    const bool hasFiles = index.isValid() && m_rows.at(index.row()).layer;
    return QAbstractTableModel::flags(index) | (hasFiles ? Qt::ItemIsDragEnabled : Qt::NoItemFlags);
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section <= SizeColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                     : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn: return tr("Layer");
    case SizeColumn: return tr("Size");
    case CommandColumn: return tr("Made by");
    case TypeColumn: return tr("Media type");
    case DigestColumn: return tr("Digest");
    default: return {};
    }
}

} // namespace Longshore::Ui
