// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/resultbuttons.h"

#include "ui/format/tintedicon.h"

#include <QBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

ResultButtons::ResultButtons(QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_undo = add(u"undo"_s, u"retry"_s, tr("&Undo\u2026"));
    m_retry = add(u"retryFailed"_s, u"reload"_s, tr("&Retry Failed\u2026"));
    m_open = add(u"openBackup"_s, u"folder"_s, tr("&Open Backup"));
    m_report = add(u"saveReport"_s, u"export"_s, tr("&Save Report\u2026"));
    row->addStretch(1);
    connect(m_undo, &QPushButton::clicked, this, &ResultButtons::undoRequested);
    connect(m_retry, &QPushButton::clicked, this, &ResultButtons::retryRequested);
    connect(m_open, &QPushButton::clicked, this, &ResultButtons::openRequested);
    connect(m_report, &QPushButton::clicked, this, &ResultButtons::reportRequested);
    hide();
}

QPushButton *ResultButtons::add(const QString &name, const QString &icon, const QString &text)
{
    auto *button = new QPushButton(tintedIcon(icon), text);
    button->setObjectName(name);
    button->setAutoDefault(false);
    layout()->addWidget(button);
    return button;
}

void ResultButtons::showOffer(const Offer &offer)
{
    m_undo->setVisible(offer.hasDeleted);
    m_retry->setVisible(offer.hasFailed);
    m_open->setVisible(offer.hasBackup);
    show();
}

} // namespace Longshore::Ui
