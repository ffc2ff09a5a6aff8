// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/layertable.h"

#include "ui/models/layertablemodel.h"

#include <QHeaderView>

#include <algorithm>

namespace Longshore::Ui {

LayerTable::LayerTable(LayerTableModel &model)
    : RowTable(model, QStringLiteral("layers"), tr("Layers")), m_layers(model)
{
    setSelectionMode(ExtendedSelection);
    const int character = fontMetrics().averageCharWidth();
    QHeaderView *header = horizontalHeader();
    header->resizeSection(LayerTableModel::NumberColumn, character * 9);
    header->resizeSection(LayerTableModel::SizeColumn, character * 12);
    header->resizeSection(LayerTableModel::TypeColumn, character * 26);
    header->resizeSection(LayerTableModel::DigestColumn, character * 17);
    header->setSectionResizeMode(LayerTableModel::CommandColumn, QHeaderView::Stretch);
    header->setSectionsMovable(true);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &LayerTable::selected);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &LayerTable::selected);
}

void LayerTable::setImage(const Reference &image, const Digest &manifest)
{
    m_image = image;
    m_manifest = manifest;
}

std::optional<LayerChoice> LayerTable::layerAt(int row) const
{
    if (row < 0 || !m_image || !m_layers.row(row).layer)
        return {};
    return LayerChoice{*m_image, *m_layers.row(row).layer, m_layers.row(row).number, m_manifest};
}

std::optional<LayerChoice> LayerTable::currentLayer() const
{
    return layerAt(currentIndex().row());
}

QList<LayerChoice> LayerTable::selectedLayers() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QList<LayerChoice> layers;
    for (const QModelIndex &row : std::as_const(rows)) {
        if (const auto layer = layerAt(row.row()))
            layers.append(*layer);
    }
    return layers;
}

} // namespace Longshore::Ui
