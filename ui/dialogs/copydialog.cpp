// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/copydialog.h"

#include "core/base/displaytext.h"
#include "ui/dialogs/compressionchoice.h"
#include "ui/dialogs/copyplansection.h"
#include "ui/dialogs/copytext.h"
#include "ui/dialogs/layerfields.h"
#include "ui/dialogs/platformchoice.h"
#include "ui/dialogs/sourceimagechoice.h"
#include "ui/dialogs/targetchoice.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/views/messagebar.h"
#include "ui/views/plainlabel.h"
#include "ui/views/productionband.h"

#include <QAction>
#include <QCheckBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Longshore::Ui {

CopyDialog::CopyDialog(std::unique_ptr<ImageSource> source, const QList<CopyTarget> &targets,
                       const Proposal &proposal, QWidget *parent)
    : QDialog(parent)
    , m_source(std::move(source))
    , m_band(new ProductionBand)
    , m_from(plainLabel(u"copySource"_s))
    , m_image(new SourceImageChoice)
    , m_registry(new TargetChoice(targets, proposal.connectionId))
    , m_repository(new QLineEdit(proposal.repository))
    , m_tag(new QLineEdit)
    , m_platform(new PlatformChoice)
    , m_referrers(new QCheckBox(tr("&With signatures and whatever else refers to it")))
    , m_compression(new CompressionChoice)
    , m_form(new QFormLayout)
    , m_plan(new CopyPlanSection(m_presenter))
    , m_note(plainLabel(u"copyNote"_s))
    , m_message(new MessageBar)
    , m_retry(new QAction(tr("Try Again"), this))
    , m_buttons(new QDialogButtonBox)
    , m_go(m_buttons->addButton(isCopy() ? tr("&Copy") : tr("&Upload"),
                                QDialogButtonBox::AcceptRole))
{
    setWindowTitle(isLayer()  ? tr("New Image With a Layer")
                   : isCopy() ? tr("Copy Image")
                              : tr("Upload Image"));
    m_settled.setSingleShot(true);
    m_settled.setInterval(250ms);
    nameWidgets();
    buildLayout();
    chooseTarget();
    connectSignals();
    m_source->read();
    showSource();
}

CopyDialog::~CopyDialog() = default;

void CopyDialog::nameWidgets()
{
    setObjectName(isLayer() ? u"layerDialog"_s : isCopy() ? u"copyDialog"_s : u"uploadDialog"_s);
    m_registry->setObjectName(u"targetRegistry"_s);
    m_repository->setObjectName(u"targetRepository"_s);
    m_tag->setObjectName(u"targetTag"_s);
    m_referrers->setObjectName(u"withReferrers"_s);
    m_retry->setObjectName(u"retryPlan"_s);
    m_go->setObjectName(isCopy() ? u"copy"_s : u"upload"_s);
    m_go->setIcon(tintedIcon(isCopy() ? u"copy"_s : u"upload"_s));
}

void CopyDialog::buildLayout()
{
    m_message->hide();
    // The last, else Tab skips it: it goes from the fields to the default button.
    m_buttons->addButton(QDialogButtonBox::Cancel)->setObjectName(u"cancel"_s);

    m_form->addRow(tr("From:"), m_from);
    m_form->addRow(tr("&Image:"), m_image);
    m_form->addRow(tr("&To:"), m_registry);
    m_form->addRow(tr("&Repository:"), m_repository);
    m_form->addRow(tr("T&ag:"), m_tag);
    m_form->addRow(tr("&Platforms:"), m_platform);
    m_form->setRowVisible(m_platform, false);
    m_form->addRow({}, m_referrers);
    m_form->setRowVisible(m_referrers, isCopy());
    m_form->addRow({}, m_compression);
    m_form->setRowVisible(m_compression, false);
    m_layer = new LayerFields(*m_form);
    connect(m_layer, &LayerFields::changed, this, &CopyDialog::planSoon);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_band);
    layout->addWidget(m_message);
    layout->addLayout(m_form);
    layout->addWidget(m_plan, 1);
    layout->addWidget(m_note);
    layout->addWidget(m_buttons);
    if (isLayer())
        prepareForLayer();
    m_go->setDefault(true); // Not earlier: it belongs to this window only now.
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 30);
}

/// The layers below are nowhere else; what comes of it can be copied from there.
void CopyDialog::prepareForLayer()
{
    m_registry->setEnabled(false);
    m_repository->setEnabled(false);
}

void CopyDialog::connectSignals()
{
    connect(m_source.get(), &ImageSource::changed, this, &CopyDialog::showSource);
    connect(m_source.get(), &ImageSource::progressed, m_plan, &CopyPlanSection::showProgress);
    connect(m_image, &QComboBox::currentIndexChanged, this, &CopyDialog::chooseImage);
    connect(m_registry, &QComboBox::currentIndexChanged, this, &CopyDialog::chooseTarget);
    connect(m_repository, &QLineEdit::textChanged, this, &CopyDialog::planSoon);
    connect(m_tag, &QLineEdit::textChanged, this, &CopyDialog::planSoon);
    connect(m_platform, &PlatformChoice::changed, this, &CopyDialog::planSoon);
    connect(m_referrers, &QCheckBox::toggled, this, &CopyDialog::plan);
    connect(m_compression, &CompressionChoice::changed, this, &CopyDialog::showReading);
    connect(m_compression, &CompressionChoice::changed, this, &CopyDialog::plan);
    connect(m_compression, &CompressionChoice::progressed, m_plan, &CopyPlanSection::showProgress);
    connect(&m_settled, &QTimer::timeout, this, &CopyDialog::plan);
    connect(&m_presenter, &CopyPresenter::changed, this, &CopyDialog::update);
    connect(m_plan, &CopyPlanSection::agreementChanged, this, &CopyDialog::update);
    connect(m_retry, &QAction::triggered, &m_presenter, &CopyPresenter::planAgain);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

const CopyTarget *CopyDialog::target() const
{
    return m_registry->target();
}

QString CopyDialog::repository() const
{
    return m_repository->text().trimmed();
}

void CopyDialog::chooseTarget()
{
    const CopyTarget *target = this->target();
    m_band->showHost(target ? productionHost(*target) : QString(),
                     target && target->objection.isEmpty());
    auto *completer = new QCompleter(target ? target->repositories : QStringList(), this);
    completer->setFilterMode(Qt::MatchContains);
    delete m_repository->completer();
    m_repository->setCompleter(completer);
    plan();
}

void CopyDialog::showSource()
{
    m_from->setText(m_source->description());
    showReading();
    if (m_source->isReading())
        return update();
    showFailures();
    showImages();
}

void CopyDialog::showReading()
{
    m_plan->setReading(m_source->isReading() || m_compression->isCompressing());
}

void CopyDialog::showFailures()
{
    m_message->hide();
    if (const QString failures = CopyText::failures(m_source->failures()); !failures.isEmpty())
        m_message->showMessage(MessageBar::Kind::Warning, failures);
}

void CopyDialog::showImages()
{
    m_image->setImages(m_source->images());
    m_form->setRowVisible(m_image, m_image->hasChoice());
    m_layer->showFor(*m_source);
    if (m_source->isMade()) // A layer has more to be said of.
        resize(size().expandedTo({0, fontMetrics().height() * 42}));
    chooseImage();
}

void CopyDialog::chooseImage()
{
    m_platform->setPlatforms({}); // Of another image.
    const QList<SourceImage> images = m_image->chosen();
    const Tag *tag = images.size() == 1 ? images.constFirst().tag() : nullptr;
    m_tag->setToolTip(tr("%1 stands for the tag that an image has.").arg(CopyText::ownTag));
    if (images.size() > 1)
        m_tag->setText(QString(CopyText::ownTag));
    else if (!m_source->isMade() || m_tag->text().isEmpty()) // It is made anew for other wishes.
        m_tag->setText(tag ? tag->toString() : m_source->proposedTag());
    m_compression->setImages(images); // And with it a plan.
    m_form->setRowVisible(m_compression, m_compression->hasChoice());
}

void CopyDialog::planSoon()
{
    m_presenter.clear();
    m_settled.start();
}

/// Why it cannot even be looked what this would take.
QString CopyDialog::whyNoOrders() const
{
    if (m_source->isReading())
        return tr("Reading what there is\u2026");
    if (const QString objection = m_platform->objection(); !objection.isEmpty())
        return objection;
    const QList<SourceImage> images = m_image->chosen();
    if (images.isEmpty())
        return tr("There is no image in it.");
    if (!target())
        return tr("No registry is open. Connect to one first.");
    if (!target()->objection.isEmpty())
        return tr("Nothing can be stored in %1. %2", "a registry, and a sentence why")
            .arg(quotedText(target()->name), target()->objection);
    if (const QString reason = CopyText::whyNoRepository(repository()); !reason.isEmpty())
        return reason;
    if (const QString reason = CopyText::whyNoTags(images, m_tag->text().trimmed());
        !reason.isEmpty())
        return reason;
    for (const QString &reason : {m_layer->whyNot(), m_compression->whyNot()}) {
        if (!reason.isEmpty())
            return reason;
    }
    return isInPlace(*target(), orders().constFirst())
               ? tr("The image is there already. Choose another place or tag.")
               : QString();
}

QList<CopyOrder> CopyDialog::orders() const
{
    QList<CopyOrder> result;
    const QList<SourceImage> images = m_image->chosen();
    for (const SourceImage &image : images)
        result.append({m_compression->chosen(image), *RepositoryName::parse(repository()),
                       *Tag::parse(CopyText::tagOf(image, m_tag->text().trimmed())),
                       m_referrers->isChecked(), m_platform->platforms()});
    return result;
}

void CopyDialog::plan()
{
    m_settled.stop();
    if (m_layer->whyNot().isEmpty())
        m_source->setWishes(m_layer->wishes());
    if (whyNoOrders().isEmpty())
        m_presenter.plan(target()->session, orders());
    else
        m_presenter.clear();
}

QString CopyDialog::whyNot() const
{
    if (const QString reason = whyNoOrders(); !reason.isEmpty())
        return reason;
    if (m_presenter.error())
        return tr("It is not known what this would take.");
    if (!m_presenter.isPlanned())
        return tr("Looking what is there already\u2026");
    return m_plan->isAgreed() ? QString() : tr("Tick the box if the tag shall be overwritten.");
}

void CopyDialog::showError()
{
    m_showsError = true;
    const ErrorText text = errorText(*m_presenter.error());
    m_message->showMessage(MessageBar::Kind::Warning, text.summary(), text.details, {m_retry});
}

void CopyDialog::update()
{
    if (m_presenter.isPlanned() && !m_platform->hasChoice())
        m_platform->setPlatforms(m_presenter.platforms());
    m_form->setRowVisible(m_platform, m_platform->hasChoice());
    const QString reason = whyNot();
    m_go->setEnabled(reason.isEmpty());
    m_note->setText(reason.isEmpty() ? tr("Every byte is verified. Only what is missing is sent.")
                                     : reason);
    if (m_presenter.error())
        showError();
    else if (std::exchange(m_showsError, false))
        showFailures();
}

} // namespace Longshore::Ui
