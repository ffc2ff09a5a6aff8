// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/layertablemodel.h"
#include "ui/models/platformtablemodel.h"
#include "ui/pages/page.h"
#include "ui/presenters/imagepresenter.h"

class QComboBox;
class QHeaderView;
class QLabel;
class QStackedWidget;
class QTabWidget;

namespace Longshore::Ui {

class DocumentView;
class LayerTable;
class MessageBar;
class Placeholder;
class PropertyView;
class RowTable;

/// One image: overview, platforms, layers, configuration, manifest.
class ImagePage final : public Page
{
    Q_OBJECT

public:
    ImagePage(const Place &place, std::shared_ptr<Session> session, QWidget *parent = nullptr);

    [[nodiscard]] QHeaderView *layerHeader() const;
    /// The image whose layers are shown: of an index, that for one platform. Nothing before it was read,
    /// and for what has no layers.
    [[nodiscard]] std::optional<Digest> shownImage() const
    {
        const bool hasLayers = m_presenter.image() && m_presenter.image()->manifest.image();
        return hasLayers ? std::optional(m_presenter.image()->manifest.digest) : std::nullopt;
    }

    void reload() override;
    void addContextActions(const QList<QAction *> &actions) override;
    [[nodiscard]] bool isLoaded() const override { return m_isLoaded; }
    [[nodiscard]] QList<Tag> selectedTags() const override;
    [[nodiscard]] QList<LayerChoice> selectedLayers() const override;
    [[nodiscard]] QString selectedDigest() const override;
    [[nodiscard]] QList<Property> details() const override;
    [[nodiscard]] QString summary() const override;

private:
    void buildLayout();
    void buildTabs();
    [[nodiscard]] std::optional<LayerChoice> currentLayer() const;
    void dragLayer();
    void dragPlatform(const QModelIndex &row);
    void showManifest();
    void showImage();
    void showFailure(const Error &error);
    void choosePlatform(const Digest &digest);
    void chooseShownPlatform();
    void showPlatforms(const Manifest &manifest);
    void showLayers(const Image &image);

    ImagePresenter m_presenter;
    PlatformTableModel m_platforms;
    LayerTableModel m_layers;
    QLabel *m_reference;
    QComboBox *m_platformChoice;
    MessageBar *m_message;
    QTabWidget *m_tabs;
    PropertyView *m_overview;
    RowTable *m_platformTable;
    LayerTable *m_layerTable;
    DocumentView *m_config;
    DocumentView *m_manifest;
    DocumentView *m_index;
    Placeholder *m_placeholder;
    QStackedWidget *m_stack;
    bool m_isLoaded = false;
};

} // namespace Longshore::Ui
