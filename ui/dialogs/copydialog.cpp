// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/copydialog.h"

#include "core/base/displaytext.h"
#include "ui/dialogs/copyplansection.h"
#include "ui/dialogs/copytext.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/views/messagebar.h"
#include "ui/views/plainlabel.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
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
    , m_targets(targets)
    , m_from(plainLabel(u"copySource"_s))
    , m_image(new QComboBox)
    , m_registry(new QComboBox)
    , m_repository(new QLineEdit(proposal.repository))
    , m_tag(new QLineEdit)
    , m_referrers(new QCheckBox(tr("&With signatures and whatever else refers to it")))
    , m_form(new QFormLayout)
    , m_plan(new CopyPlanSection(m_presenter))
    , m_note(plainLabel(u"copyNote"_s))
    , m_message(new MessageBar)
    , m_retry(new QAction(tr("Try Again"), this))
    , m_buttons(new QDialogButtonBox)
    , m_go(m_buttons->addButton(isUpload() ? tr("&Upload") : tr("&Copy"),
                                QDialogButtonBox::AcceptRole))
{
    setWindowTitle(isUpload() ? tr("Upload Image") : tr("Copy Image"));
    m_settled.setSingleShot(true);
    m_settled.setInterval(250ms);
    nameWidgets();
    buildLayout();
    showTargets(proposal.connectionId);
    connectSignals();
    m_source->read();
    showSource();
}

CopyDialog::~CopyDialog() = default;

void CopyDialog::nameWidgets()
{
    setObjectName(isUpload() ? u"uploadDialog"_s : u"copyDialog"_s);
    m_image->setObjectName(u"image"_s);
    m_registry->setObjectName(u"targetRegistry"_s);
    m_repository->setObjectName(u"targetRepository"_s);
    m_tag->setObjectName(u"targetTag"_s);
    m_referrers->setObjectName(u"withReferrers"_s);
    m_retry->setObjectName(u"retryPlan"_s);
    m_go->setObjectName(isUpload() ? u"upload"_s : u"copy"_s);
    m_go->setIcon(tintedIcon(isUpload() ? u"upload"_s : u"copy"_s));
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
    m_form->addRow({}, m_referrers);
    m_form->setRowVisible(m_referrers, !isUpload());
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_message);
    layout->addLayout(m_form);
    layout->addWidget(m_plan, 1);
    layout->addWidget(m_note);
    layout->addWidget(m_buttons);
    m_go->setDefault(true); // Not earlier: it belongs to this window only now.
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 30);
}

void CopyDialog::connectSignals()
{
    connect(m_source.get(), &ImageSource::changed, this, &CopyDialog::showSource);
    connect(m_source.get(), &ImageSource::progressed, m_plan, &CopyPlanSection::showProgress);
    connect(m_image, &QComboBox::currentIndexChanged, this, &CopyDialog::chooseImage);
    connect(m_registry, &QComboBox::currentIndexChanged, this, &CopyDialog::chooseTarget);
    connect(m_repository, &QLineEdit::textChanged, this, &CopyDialog::planSoon);
    connect(m_tag, &QLineEdit::textChanged, this, &CopyDialog::planSoon);
    connect(m_referrers, &QCheckBox::toggled, this, &CopyDialog::plan);
    connect(&m_settled, &QTimer::timeout, this, &CopyDialog::plan);
    connect(&m_presenter, &CopyPresenter::changed, this, &CopyDialog::update);
    connect(m_plan, &CopyPlanSection::agreementChanged, this, &CopyDialog::update);
    connect(m_retry, &QAction::triggered, &m_presenter, &CopyPresenter::planAgain);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void CopyDialog::showTargets(const QString &connectionId)
{
    for (const CopyTarget &target : m_targets) {
        const QString name = displayText(target.name);
        m_registry->addItem(target.isReadOnly ? tr("%1 (read-only)").arg(name) : name);
        if (target.connectionId == connectionId)
            m_registry->setCurrentIndex(m_registry->count() - 1);
    }
    chooseTarget();
}

const CopyTarget *CopyDialog::target() const
{
    const int index = m_registry->currentIndex();
    return index >= 0 ? &m_targets.at(index) : nullptr;
}

QString CopyDialog::repository() const
{
    return m_repository->text().trimmed();
}

void CopyDialog::chooseTarget()
{
    const CopyTarget *target = this->target();
    auto *completer = new QCompleter(target ? target->repositories : QStringList(), this);
    completer->setFilterMode(Qt::MatchContains);
    delete m_repository->completer();
    m_repository->setCompleter(completer);
    plan();
}

void CopyDialog::showSource()
{
    m_from->setText(m_source->description());
    m_plan->setReading(m_source->isReading());
    if (m_source->isReading())
        return update();
    showFailures();
    showImages();
}

void CopyDialog::showFailures()
{
    const QString failures = CopyText::failures(m_source->failures());
    if (failures.isEmpty())
        m_message->hide();
    else
        m_message->showMessage(MessageBar::Kind::Warning, failures);
}

void CopyDialog::showImages()
{
    const QSignalBlocker blocker(m_image);
    const QList<SourceImage> &images = m_source->images();
    m_image->clear();
    if (images.size() > 1)
        m_image->addItem(
            tr("All %n, each under its own tag", "images", static_cast<int>(images.size())));
    for (const SourceImage &image : images)
        m_image->addItem(CopyText::imageName(image));
    m_form->setRowVisible(m_image, images.size() > 1);
    const bool canTakeAll = CopyText::whyNoOwnTags(images).isEmpty();
    m_image->setCurrentIndex(images.size() > 1 && !canTakeAll ? 1 : 0);
    chooseImage();
}

QList<SourceImage> CopyDialog::chosen() const
{
    const QList<SourceImage> &images = m_source->images();
    const qsizetype index = m_image->currentIndex();
    if (images.size() <= 1 || index <= 0)
        return images;
    return {images.at(index - 1)};
}

void CopyDialog::chooseImage()
{
    const QList<SourceImage> images = chosen();
    const Tag *tag = images.size() == 1 ? images.constFirst().tag() : nullptr;
    m_tag->setEnabled(images.size() <= 1);
    m_tag->setPlaceholderText(images.size() > 1 ? tr("each keeps its own") : QString());
    m_tag->setText(tag ? tag->toString() : QString());
    plan();
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
    const QList<SourceImage> images = chosen();
    if (images.isEmpty())
        return tr("There is no image in it.");
    if (!target())
        return tr("No registry is open. Connect to one first.");
    if (target()->isReadOnly)
        return tr("The connection to %1 is read-only: nothing can be stored there.")
            .arg(quotedText(target()->name));
    if (const QString reason = CopyText::whyNoRepository(repository()); !reason.isEmpty())
        return reason;
    if (images.size() > 1)
        return CopyText::whyNoOwnTags(images);
    if (const QString reason = CopyText::whyNoTag(m_tag->text().trimmed()); !reason.isEmpty())
        return reason;
    return isInPlace(*target(), orders().constFirst())
               ? tr("The image is there already. Choose another place or tag.")
               : QString();
}

QList<CopyOrder> CopyDialog::orders() const
{
    QList<CopyOrder> result;
    const QList<SourceImage> images = chosen();
    for (const SourceImage &image : images)
        result.append({image, *RepositoryName::parse(repository()),
                       images.size() > 1 ? *image.tag() : *Tag::parse(m_tag->text().trimmed()),
                       m_referrers->isChecked()});
    return result;
}

void CopyDialog::plan()
{
    m_settled.stop();
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
