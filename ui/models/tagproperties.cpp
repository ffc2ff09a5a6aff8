// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tagproperties.h"

#include "ui/models/tagtreemodel.h"

#include <QCoreApplication>

namespace Longshore::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TagProperties)
};

} // namespace

QList<Property> propertiesOf(const QModelIndex &index)
{
    if (!index.isValid())
        return {};
    const auto text = [&](int column) { return index.siblingAtColumn(column).data().toString(); };
    QList<Property> properties{{text(TagTreeModel::NameColumn), {}, true}};
    const auto add = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            properties.append({name, value});
    };
    add(Text::tr("Digest"), index.data(TagTreeModel::DigestRole).toString());
    add(Text::tr("Media type"), index.data(TagTreeModel::MediaTypeRole).toString());
    add(Text::tr("Created"), text(TagTreeModel::CreatedColumn));
    add(Text::tr("Size"), text(TagTreeModel::SizeColumn));
    const bool isTag = !index.parent().isValid();
    if (isTag)
        add(Text::tr("Platforms"), text(TagTreeModel::PlatformsColumn));
    return properties;
}

} // namespace Longshore::Ui
