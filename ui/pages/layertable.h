// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/wantedfile.h"
#include "ui/views/rowtable.h"

namespace Longshore::Ui {

class LayerTableModel;

/// The layers of an image as a table, of which several can be chosen.
class LayerTable final : public RowTable
{
    Q_OBJECT

public:
    explicit LayerTable(LayerTableModel &model);

    /// What those layers are of: \a image as people name it, and the manifest that lists them.
    void setImage(const Reference &image, const Digest &manifest);
    /// The layer that the keyboard is on; nothing for a step without one.
    [[nodiscard]] std::optional<LayerChoice> currentLayer() const;
    /// Those that are selected, the lowest first.
    [[nodiscard]] QList<LayerChoice> selectedLayers() const;

signals:
    void selected();

private:
    [[nodiscard]] std::optional<LayerChoice> layerAt(int row) const;

    const LayerTableModel &m_layers;
    std::optional<Reference> m_image;
    std::optional<Digest> m_manifest;
};

} // namespace Longshore::Ui
