// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/retagdialog.h"

#include "core/base/displaytext.h"
#include "ui/dialogs/copyplansection.h"
#include "ui/dialogs/copytext.h"
#include "ui/dialogs/oldtagtext.h"
#include "ui/format/errortext.h"
#include "ui/format/tintedicon.h"
#include "ui/presenters/oldtagpresenter.h"
#include "ui/views/messagebar.h"
#include "ui/views/plainlabel.h"
#include "ui/views/productionband.h"

#include <QAction>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Longshore::Ui {

RetagDialog::RetagDialog(const SourceImage &image, const CopyTarget &target, QWidget *parent)
    : QDialog(parent)
    , m_image(image)
    , m_target(target)
    , m_source(plainLabel(u"retagSource"_s))
    , m_tags(new QLineEdit(image.tag() ? image.tag()->toString() : QString()))
    , m_plan(new CopyPlanSection(m_presenter))
    , m_removeOld(new QCheckBox)
    , m_aboutOld(plainLabel(u"aboutOldTag"_s))
    , m_note(plainLabel(u"retagNote"_s))
    , m_message(new MessageBar)
    , m_retry(new QAction(tr("Try Again"), this))
    , m_buttons(new QDialogButtonBox)
    , m_go(m_buttons->addButton(tr("&Add Tag"), QDialogButtonBox::AcceptRole))
{
    setObjectName(u"retagDialog"_s);
    setWindowTitle(tr("Retag Image"));
    m_settled.setSingleShot(true);
    m_settled.setInterval(250ms);
    buildLayout();
    connectSignals();
    m_tags->selectAll(); // Most write another one in its place.
    plan();
}

void RetagDialog::buildLayout()
{
    m_tags->setObjectName(u"newTags"_s);
    m_tags->setToolTip(tr("One tag, or several with spaces between them"));
    m_retry->setObjectName(u"retryPlan"_s);
    m_go->setObjectName(u"retag"_s);
    m_go->setIcon(tintedIcon(u"tag"_s));
    m_message->hide();
    m_plan->showTagsOnly();
    m_removeOld->setObjectName(u"removeOldTag"_s);
    if (m_image.tag()) {
        m_removeOld->setText(tr("&Remove %1 afterwards").arg(labelText(m_image.tag()->toString())));
    } else {
        m_removeOld->hide();
        m_aboutOld->hide();
    }
    // The last, else Tab skips it: it goes from the fields to the default button.
    m_buttons->addButton(QDialogButtonBox::Cancel)->setObjectName(u"cancel"_s);

    auto *form = new QFormLayout;
    form->addRow(tr("Image:"), m_source);
    form->addRow(tr("New &tags:"), m_tags);
    auto *band = new ProductionBand;
    band->showHost(productionHost(m_target), m_target.objection.isEmpty());
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(band);
    layout->addWidget(m_message);
    layout->addLayout(form);
    layout->addWidget(m_plan);
    layout->addWidget(m_removeOld);
    layout->addWidget(m_aboutOld);
    layout->addWidget(m_note);
    layout->addStretch();
    layout->addWidget(m_buttons);
    m_go->setDefault(true); // Not earlier: it belongs to this window only now.
    resize(fontMetrics().averageCharWidth() * 84, sizeHint().height());
}

void RetagDialog::connectSignals()
{
    connect(m_tags, &QLineEdit::textChanged, this, &RetagDialog::planSoon);
    connect(&m_settled, &QTimer::timeout, this, &RetagDialog::plan);
    connect(&m_presenter, &CopyPresenter::changed, this, &RetagDialog::update);
    connect(m_plan, &CopyPlanSection::agreementChanged, this, &RetagDialog::update);
    connect(m_removeOld, &QCheckBox::toggled, this, &RetagDialog::update);
    connect(m_retry, &QAction::triggered, &m_presenter, &CopyPresenter::planAgain);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QList<CopyOrder> RetagDialog::orders() const
{
    QList<CopyOrder> orders;
    for (const QString &tag : CopyText::tagsIn(m_tags->text()))
        orders.append({m_image, m_image.repository, *Tag::parse(tag), false, {}, true});
    return orders;
}

std::optional<OldTag> RetagDialog::oldTag() const
{
    if (!m_image.tag() || !m_removeOld->isChecked() || !m_presenter.isPlanned())
        return {};
    OldTag old{m_image.repository, *m_image.tag(), m_presenter.images().constFirst(), {}};
    for (const CopyOrder &order : orders())
        old.newTags.append(order.tag);
    return old;
}

void RetagDialog::planSoon()
{
    m_presenter.clear();
    m_settled.start();
}

void RetagDialog::plan()
{
    m_settled.stop();
    if (whyNoOrders().isEmpty())
        m_presenter.plan(m_target.session, orders());
    else
        m_presenter.clear();
}

QString RetagDialog::whyNoOrders() const
{
    const QStringList tags = CopyText::tagsIn(m_tags->text());
    if (tags.isEmpty())
        return tr("Write the tag that shall point to the image as well.");
    for (const QString &tag : tags) {
        if (const QString reason = CopyText::whyNoTag(tag); !reason.isEmpty())
            return reason;
        if (m_image.tag() && m_image.tag()->toString() == tag)
            return tr("The image has the tag %1 already. Write another one.").arg(quotedText(tag));
    }
    return {};
}

QString RetagDialog::whyNot() const
{
    if (const QString reason = whyNoOrders(); !reason.isEmpty())
        return reason;
    if (m_presenter.error())
        return tr("It is not known what these tags point to.");
    if (!m_presenter.isPlanned())
        return tr("Looking whether these tags exist\u2026");
    return m_plan->isAgreed() ? QString() : tr("Tick the box if the tag shall be overwritten.");
}

void RetagDialog::showSource()
{
    const QString image = displayText(m_image.from);
    m_source->setText(m_presenter.isPlanned()
                          ? tr("%1 (%2)", "an image, and its digest")
                                .arg(image, m_presenter.images().first().shortText())
                          : image);
}

/// What is known of the server may change meanwhile.
void RetagDialog::showOldTag()
{
    if (!m_image.tag())
        return;
    const QString objection = objectionToOldTags(*m_target.session, m_image.repository);
    m_removeOld->setEnabled(objection.isEmpty());
    if (!objection.isEmpty())
        m_removeOld->setChecked(false);
    m_aboutOld->setText(objection.isEmpty() ? OldTagText::promise(*m_image.tag()) : objection);
    m_removeOld->setAccessibleDescription(m_aboutOld->text());
    m_go->setText(m_removeOld->isChecked() ? tr("&Add Tag, Then Remove Old") : tr("&Add Tag"));
}

void RetagDialog::showError()
{
    const ErrorText text = errorText(*m_presenter.error());
    m_message->showMessage(MessageBar::Kind::Warning, text.summary(), text.details, {m_retry});
}

void RetagDialog::update()
{
    showSource();
    showOldTag();
    const QString reason = whyNot();
    m_go->setEnabled(reason.isEmpty());
    m_note->setText(reason.isEmpty()
                        ? tr("Nothing of the image is sent but its manifest, byte for byte.")
                        : reason);
    if (m_presenter.error())
        showError();
    else
        m_message->hide();
    layout()->activate();
    resize(size().expandedTo({0, layout()->totalHeightForWidth(width())})); // All of the text.
}

} // namespace Longshore::Ui
