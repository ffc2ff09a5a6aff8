// SPDX-License-Identifier: Apache-2.0
#include "ui/models/blobtablemodel.h"

#include "core/base/displaytext.h"
#include "ui/format/quietcolour.h"
#include "ui/format/tintedicon.h"
#include "ui/format/tooltip.h"
#include "ui/format/valueformat.h"

#include <QFontDatabase>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

using State = BlobRow::State;

static QString partText(const MediaType &type)
{
    switch (type.kind()) {
    case MediaType::Kind::ImageConfig: return BlobTableModel::tr("Configuration");
    case MediaType::Kind::Layer:
    case MediaType::Kind::ForeignLayer: return BlobTableModel::tr("Layer");
    default: return displayText(type.toString(), 100);
    }
}

static QString stateText(State state)
{
    switch (state) {
    case State::Present: return BlobTableModel::tr("there already");
    case State::Mounted: return BlobTableModel::tr("mounted, not sent");
    case State::ToSend: return BlobTableModel::tr("to be sent");
    }
    Q_UNREACHABLE();
}

static QIcon stateIcon(State state)
{
    return tintedIcon(state == State::ToSend    ? u"upload"_s
                      : state == State::Mounted ? u"copy"_s
                                                : u"done"_s);
}

void BlobTableModel::setRows(const QList<BlobRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [](const BlobRow &a, const BlobRow &b) { return a.state > b.state; });
    endResetModel();
}

int BlobTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BlobTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

static QString cell(const BlobRow &row, int column)
{
    switch (column) {
    case BlobTableModel::PartColumn: return partText(row.blob.mediaType);
    case BlobTableModel::SizeColumn: return formatBytes(row.blob.size);
    case BlobTableModel::StateColumn: return stateText(row.state);
    case BlobTableModel::DigestColumn: return row.blob.digest.shortText();
    default: return {};
    }
}

static QString toolTip(const BlobRow &row, int column)
{
    switch (column) {
    case BlobTableModel::PartColumn: return displayText(row.blob.mediaType.toString());
    case BlobTableModel::SizeColumn: return formatExactBytes(row.blob.size);
    case BlobTableModel::DigestColumn: return row.blob.digest.toString();
    default: return cell(row, column);
    }
}

QVariant BlobTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const BlobRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return cell(row, index.column());
    case Qt::ToolTipRole: return toolTipText(toolTip(row, index.column()));
    case Qt::AccessibleTextRole:
        if (index.column() != PartColumn)
            return {};
        return QStringList{cell(row, PartColumn), cell(row, SizeColumn), cell(row, StateColumn)}
            .join(", "_L1);
    case Qt::TextAlignmentRole:
        return index.column() == SizeColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                            : QVariant();
    case Qt::DecorationRole:
        return index.column() == StateColumn ? stateIcon(row.state) : QVariant();
    case Qt::ForegroundRole: return row.state == State::ToSend ? QVariant() : quietColour();
    case Qt::FontRole:
        return index.column() == DigestColumn ? QFontDatabase::systemFont(QFontDatabase::FixedFont)
                                              : QVariant();
    default: return {};
    }
}

QVariant BlobTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == SizeColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                     : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PartColumn: return tr("Part");
    case SizeColumn: return tr("Size");
    case StateColumn: return tr("On the server");
    case DigestColumn: return tr("Digest");
    default: return {};
    }
}

} // namespace Longshore::Ui
