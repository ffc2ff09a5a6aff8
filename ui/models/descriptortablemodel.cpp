// SPDX-License-Identifier: Apache-2.0
#include "ui/models/descriptortablemodel.h"

#include "core/base/displaytext.h"
#include "ui/format/quietcolour.h"
#include "ui/format/tooltip.h"
#include "ui/format/valueformat.h"

#include <QFontDatabase>
#include <QIcon>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

QString DescriptorTableModel::partText(const MediaType &type)
{
    switch (type.kind()) {
    case MediaType::Kind::ImageConfig: return tr("Configuration");
    case MediaType::Kind::Layer:
    case MediaType::Kind::ForeignLayer: return tr("Layer");
    case MediaType::Kind::ImageManifest: return tr("Manifest");
    case MediaType::Kind::ImageIndex: return tr("Index");
    default: return displayText(type.toString(), 100);
    }
}

int DescriptorTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString DescriptorTableModel::textAt(int row, int column) const
{
    switch (column) {
    case PartColumn: return partText(blobAt(row).mediaType);
    case SizeColumn: return formatBytes(blobAt(row).size);
    case StateColumn: return stateTextAt(row);
    case DigestColumn: return blobAt(row).digest.shortText();
    default: return {};
    }
}

QString DescriptorTableModel::toolTipAt(int row, int column) const
{
    switch (column) {
    case PartColumn: return displayText(blobAt(row).mediaType.toString());
    case SizeColumn: return formatExactBytes(blobAt(row).size);
    case DigestColumn: return blobAt(row).digest.toString();
    default: return textAt(row, column);
    }
}

QVariant DescriptorTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int row = index.row();
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole: return textAt(row, column);
    case Qt::ToolTipRole: return toolTipText(toolTipAt(row, column));
    case Qt::AccessibleTextRole:
        if (column != PartColumn)
            return {};
        return QStringList{textAt(row, PartColumn), textAt(row, SizeColumn),
                           textAt(row, StateColumn)}
            .join(", "_L1);
    case Qt::TextAlignmentRole:
        return column == SizeColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::DecorationRole: return column == StateColumn ? stateIconAt(row) : QVariant();
    case Qt::ForegroundRole: return isQuietAt(row) ? quietColour() : QVariant();
    case Qt::FontRole:
        return column == DigestColumn ? QFontDatabase::systemFont(QFontDatabase::FixedFont)
                                      : QVariant();
    default: return {};
    }
}

QVariant DescriptorTableModel::headerData(int section, Qt::Orientation orientation, int role) const
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
    case StateColumn: return stateTitle();
    case DigestColumn: return tr("Digest");
    default: return {};
    }
}

} // namespace Longshore::Ui
