// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/deletionchoice.h"

#include "ui/dialogs/deletiontext.h"
#include "ui/presenters/deletionpresenter.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QCheckBox>
#include <QLabel>
#include <QRadioButton>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

DeletionChoice::DeletionChoice(QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_onlyTags(new QRadioButton(tr("Remove &only these tags")))
    , m_aboutTags(plainLabel(u"aboutOnlyTags"_s))
    , m_placeholder(new QCheckBox(tr("Put an &empty image under each tag for a moment")))
    , m_withImages(new QRadioButton(tr("Remove the &images too")))
    , m_aboutImages(plainLabel(u"aboutWithImages"_s))
{
    m_onlyTags->setObjectName(u"onlyTags"_s);
    m_placeholder->setObjectName(u"placeholder"_s);
    m_withImages->setObjectName(u"withImages"_s);
    m_group->addButton(m_onlyTags);
    m_group->addButton(m_withImages);
    const int indent = style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth)
                       + style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing);
    auto *details = new QVBoxLayout;
    details->setContentsMargins(indent, 0, 0, 0);
    details->addWidget(m_aboutTags);
    details->addWidget(m_placeholder);
    auto *reason = new QVBoxLayout;
    reason->setContentsMargins(indent, 0, 0, 0);
    reason->addWidget(m_aboutImages);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_onlyTags);
    layout->addLayout(details);
    layout->addWidget(m_withImages);
    layout->addLayout(reason);
    connect(m_group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton *, bool isChosen) {
        if (isChosen) // The other one has just been given up.
            emit changed();
    });
    connect(m_placeholder, &QCheckBox::toggled, this, &DeletionChoice::handlePlaceholder);
    hide();
}

void DeletionChoice::offer(const DeletionPresenter &presenter)
{
    const DeletionPlan &plan = *presenter.plan();
    const auto siblings = static_cast<int>(plan.siblings().size());
    if (plan.chosenCount() == 1)
        m_onlyTags->setText(tr("Remove &only this tag"));
    if (siblings > 0)
        m_withImages->setText(
            tr("Remove the &images, and with them %n more tag(s)", nullptr, siblings));
    m_aboutTags->setText(DeletionText::aboutOnlyTags(presenter));
    m_aboutTags->setVisible(!m_aboutTags->text().isEmpty());
    m_aboutImages->setText(DeletionText::whyNotWithImages(plan));
    m_aboutImages->setVisible(!m_aboutImages->text().isEmpty());
    m_needsPlaceholder = presenter.needsPlaceholder();
    m_placeholder->setVisible(m_needsPlaceholder || presenter.isTagRemovalUnknown());
    m_placeholder->setAccessibleDescription(m_aboutTags->text());
    m_onlyTags->setEnabled(!m_needsPlaceholder);
    m_onlyTags->setChecked(presenter.scope() == DeletionScope::OnlyTags);
    m_withImages->setEnabled(!plan.isBlocked());
    m_onlyTags->setAccessibleDescription(m_aboutTags->text());
    m_withImages->setAccessibleDescription(m_aboutImages->text());
    setVisible(presenter.hasScopes());
}

void DeletionChoice::handlePlaceholder(bool isAllowed)
{
    m_onlyTags->setEnabled(isAllowed || !m_needsPlaceholder);
    if (isAllowed) {
        m_onlyTags->setChecked(true);
    } else if (m_needsPlaceholder && m_onlyTags->isChecked()) {
        m_group->setExclusive(false); // Nothing is chosen then.
        m_onlyTags->setChecked(false);
        m_group->setExclusive(true);
    }
    emit changed();
}

std::optional<DeletionScope> DeletionChoice::scope() const
{
    if (m_onlyTags->isChecked())
        return DeletionScope::OnlyTags;
    return m_withImages->isChecked() ? std::optional(DeletionScope::WithImages) : std::nullopt;
}

bool DeletionChoice::allowsPlaceholder() const
{
    return m_placeholder->isChecked();
}

} // namespace Longshore::Ui
