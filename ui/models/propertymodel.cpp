// SPDX-License-Identifier: Apache-2.0
#include "ui/models/propertymodel.h"

#include "core/base/displaytext.h"
#include "ui/format/tooltip.h"

#include <QFont>

namespace Longshore::Ui {

void PropertyModel::setProperties(const QList<Property> &properties)
{
    if (properties == m_properties)
        return;
    beginResetModel();
    m_properties = properties;
    endResetModel();
}

int PropertyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_properties.size());
}

int PropertyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PropertyModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Property &property = m_properties.at(index.row());
    const bool isName = index.column() == NameColumn;
    if (role == Qt::DisplayRole)
        return isName ? property.name : displayText(property.value);
    if (role == Qt::ToolTipRole && !isName)
        return toolTipText(displayText(property.value, 4096));
    if (role == Qt::AccessibleTextRole && isName)
        return property.isTitle
                   ? property.name
                   : QString(property.name + QStringLiteral(": ") + displayText(property.value));
    if (role == Qt::FontRole && property.isTitle) {
        QFont font;
        font.setBold(true);
        return font;
    }
    return {};
}

QVariant PropertyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Property") : tr("Value");
}

} // namespace Longshore::Ui
