// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/imagepage.h"

#include "core/base/displaytext.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/format/valueformat.h"
#include "ui/models/imageproperties.h"
#include "ui/pages/imagedrag.h"
#include "ui/pages/layertable.h"
#include "ui/views/documentview.h"
#include "ui/views/messagebar.h"
#include "ui/views/placeholder.h"
#include "ui/views/propertyview.h"
#include "ui/views/rowtable.h"

#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTabWidget>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

ImagePage::ImagePage(const Place &place, std::shared_ptr<Session> session, QWidget *parent)
    : Page(place, parent)
    , m_presenter(std::move(session), place.repository, *place.reference)
    , m_reference(new QLabel)
    , m_platformChoice(new QComboBox)
    , m_message(new MessageBar)
    , m_tabs(new QTabWidget)
    , m_overview(new PropertyView(tr("Overview")))
    , m_platformTable(new RowTable(m_platforms, u"platforms"_s, tr("Platforms")))
    , m_layerTable(new LayerTable(m_layers))
    , m_config(new DocumentView(tr("Configuration")))
    , m_manifest(new DocumentView(tr("Manifest")))
    , m_index(new DocumentView(tr("Index")))
    , m_placeholder(new Placeholder)
    , m_stack(new QStackedWidget)
{
    setObjectName(u"imagePage"_s);
    buildTabs();
    buildLayout();
    connect(&m_presenter, &ImagePresenter::manifestLoaded, this, &ImagePage::showManifest);
    connect(&m_presenter, &ImagePresenter::imageLoaded, this, &ImagePage::showImage);
    connect(&m_presenter, &ImagePresenter::failed, this, &ImagePage::showFailure);
    connect(m_platformChoice, &QComboBox::activated, this, [this](int index) {
        if (const auto digest = Digest::parse(m_platformChoice->itemData(index).toString()))
            choosePlatform(*digest);
    });
    connect(m_platformTable, &QTableView::activated, this, [this](const QModelIndex &index) {
        choosePlatform(m_platforms.descriptor(index.row()).digest);
    });
    connect(m_layerTable, &RowTable::dragged, this, &ImagePage::dragLayer);
    connect(m_platformTable, &RowTable::dragged, this, &ImagePage::dragPlatform);
    connect(m_platformTable->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &Page::selectionChanged);
    connect(m_layerTable, &LayerTable::selected, this, &Page::selectionChanged);
    connect(m_tabs, &QTabWidget::currentChanged, this, &Page::selectionChanged);
}

void ImagePage::buildTabs()
{
    const int character = fontMetrics().averageCharWidth();
    m_platformTable->horizontalHeader()->setStretchLastSection(true);
    m_platformTable->horizontalHeader()->resizeSection(PlatformTableModel::PlatformColumn,
                                                       character * 28);
    m_tabs->setObjectName(u"imageTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_overview, tr("&Overview"));
    m_tabs->addTab(m_platformTable, tr("&Platforms"));
    m_tabs->addTab(m_layerTable, tr("La&yers"));
    m_tabs->addTab(m_config, tr("Co&nfiguration"));
    m_tabs->addTab(m_manifest, tr("Mani&fest"));
    m_tabs->addTab(m_index, tr("In&dex"));
}

void ImagePage::buildLayout()
{
    m_reference->setObjectName(u"reference"_s);
    m_reference->setTextFormat(Qt::PlainText);
    m_reference->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_reference->setText(displayText(m_presenter.fullReference().toString()));
    m_reference->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QFont font = m_reference->font();
    font.setBold(true);
    m_reference->setFont(font);
    m_platformChoice->setObjectName(u"platformChoice"_s);
    m_platformChoice->setAccessibleName(tr("Platform"));
    m_platformChoice->setToolTip(tr("The platform whose image is shown"));
    m_platformChoice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_platformChoice->setMinimumContentsLength(12); // May be narrower than a long name in it.
    m_platformChoice->hide();

    auto *bar = new QHBoxLayout;
    bar->addWidget(m_reference, 1);
    bar->addWidget(m_platformChoice);
    m_stack->addWidget(m_placeholder);
    m_stack->addWidget(m_tabs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addLayout(bar);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    setContent(m_tabs);
}

QHeaderView *ImagePage::layerHeader() const
{
    return m_layerTable->horizontalHeader();
}

void ImagePage::reload()
{
    m_isLoaded = false;
    m_message->hide();
    m_placeholder->showLoading(
        tr("Reading %1\u2026").arg(quotedText(place().reference->toString())));
    m_stack->setCurrentWidget(m_placeholder);
    m_presenter.reload();
}

void ImagePage::choosePlatform(const Digest &digest)
{
    m_message->hide(); // It was about another platform.
    m_presenter.choosePlatform(digest);
}

void ImagePage::addContextActions(const QList<QAction *> &actions)
{
    m_platformTable->addActions(actions);
    m_layerTable->addActions(actions);
}

void ImagePage::dragLayer()
{
    if (const auto layer = currentLayer())
        dragOut(*m_layerTable,
                layerDrag(m_presenter.fullReference(), *layer,
                          [this](const WantedFile &file) { emit fileWanted(file); }));
}

void ImagePage::dragPlatform(const QModelIndex &row)
{
    dragOut(*m_platformTable,
            platformDrag(m_presenter.fullReference(), m_platforms.descriptor(row.row()),
                         [this](const WantedFile &file) { emit fileWanted(file); }));
}

void ImagePage::showManifest()
{
    const Manifest &manifest = *m_presenter.manifest();
    m_index->setDocument(manifest.index() ? manifest.bytes : QByteArray());
    m_tabs->setTabVisible(m_tabs->indexOf(m_index), manifest.index() != nullptr);
    showPlatforms(manifest);
    if (!manifest.index() && !manifest.image())
        m_message->showMessage(MessageBar::Kind::Information,
                               manifest.mediaType.kind() == MediaType::Kind::SignedManifest
                                   ? tr("Schema 1 image: shown read-only.")
                                   : tr("The manifest is of a kind that is shown as it is."));
}

void ImagePage::showPlatforms(const Manifest &manifest)
{
    const ImageIndex *index = manifest.index();
    m_platforms.setIndex(index ? *index : ImageIndex());
    m_tabs->setTabVisible(m_tabs->indexOf(m_platformTable), index != nullptr);
    m_platformChoice->clear();
    for (int row = 0; row < m_platforms.rowCount(); ++row) {
        const Descriptor &entry = m_platforms.descriptor(row);
        if (!m_platforms.isAttestation(row))
            m_platformChoice->addItem(platformLabel(entry), entry.digest.toString());
    }
    m_platformChoice->setVisible(m_platformChoice->count() > 0);
}

void ImagePage::showImage()
{
    const Image &image = *m_presenter.image();
    m_overview->setProperties(
        imageProperties(*m_presenter.manifest(), image.manifest, image.config));
    m_manifest->setDocument(image.manifest.bytes);
    m_config->setDocument(image.configBytes);
    m_tabs->setTabVisible(m_tabs->indexOf(m_config), !image.configBytes.isEmpty());
    showLayers(image);
    chooseShownPlatform();
    if (image.configError)
        m_message->showMessage(
            MessageBar::Kind::Warning,
            tr("The configuration could not be read: %1").arg(image.configError->message),
            errorText(*image.configError).details, {retry()});
    m_stack->setCurrentWidget(m_tabs);
    m_isLoaded = true;
    emit loaded();
    emit selectionChanged();
}

void ImagePage::chooseShownPlatform()
{
    const int choice = m_platformChoice->findData(m_presenter.image()->manifest.digest.toString());
    if (choice >= 0)
        m_platformChoice->setCurrentIndex(choice);
}

void ImagePage::showLayers(const Image &image)
{
    const ImageManifest *content = image.manifest.image();
    const ImageConfig config = image.config.value_or(ImageConfig());
    m_layerTable->setImage(*place().reference, image.manifest.digest);
    m_layers.setRows(content ? layerRows(*content, config) : QList<LayerRow>());
    m_tabs->setTabVisible(m_tabs->indexOf(m_layerTable), content != nullptr);
    m_layerTable->setCurrentIndex(m_layers.index(0, 0));
    if (content && !config.history.isEmpty() && !historyMatchesLayers(*content, config))
        m_message->showMessage(MessageBar::Kind::Information,
                               tr("The history does not fit the layers, so the layers are shown "
                                  "without it."));
}

void ImagePage::showFailure(const Error &error)
{
    const ErrorText text = errorText(error);
    const bool isMissingPlatform = m_presenter.manifest() != nullptr;
    QString headline = text.headline;
    if (error.kind == Error::Kind::NotFound)
        headline =
            isMissingPlatform
                ? tr("This platform is not available on the server: its manifest is missing.")
                : tr("The tag exists no more, or its manifest is missing.");
    if (m_presenter.image()) {
        m_message->showMessage(MessageBar::Kind::Warning, headline, text.details,
                               remediesFor(error));
        chooseShownPlatform();
        return;
    }
    m_placeholder->showMessage(headline, QString(text.advice + u'\n' + text.details).trimmed(),
                               remediesFor(error));
    m_stack->setCurrentWidget(m_placeholder);
    m_isLoaded = true;
    emit loaded();
}

QList<Tag> ImagePage::selectedTags() const
{
    const Tag *tag = place().reference->tag();
    return tag ? QList<Tag>{*tag} : QList<Tag>();
}

std::optional<LayerChoice> ImagePage::currentLayer() const
{
    return m_tabs->currentWidget() == m_layerTable ? m_layerTable->currentLayer() : std::nullopt;
}

QList<LayerChoice> ImagePage::selectedLayers() const
{
    return m_tabs->currentWidget() == m_layerTable ? m_layerTable->selectedLayers()
                                                   : QList<LayerChoice>();
}

QString ImagePage::selectedDigest() const
{
    if (const auto layer = currentLayer())
        return layer->layer.digest.toString();
    const int row = m_platformTable->currentIndex().row();
    if (row >= 0 && m_tabs->currentWidget() == m_platformTable)
        return m_platforms.descriptor(row).digest.toString();
    return m_presenter.manifest() ? m_presenter.manifest()->digest.toString() : QString();
}

QList<Property> ImagePage::details() const
{
    const int row = m_layerTable->currentIndex().row();
    if (row >= 0 && m_tabs->currentWidget() == m_layerTable)
        return layerProperties(m_layers.row(row));
    if (!m_presenter.manifest())
        return {};
    return pullProperties(m_presenter.fullReference(), m_presenter.manifest()->digest);
}

QString ImagePage::summary() const
{
    const ImageManifest *image =
        m_presenter.image() ? m_presenter.image()->manifest.image() : nullptr;
    return image ? tr("%n layer(s)", nullptr, static_cast<int>(image->layers.size())) : QString();
}

} // namespace Longshore::Ui
