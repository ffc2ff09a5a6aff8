// SPDX-License-Identifier: Apache-2.0
#include "ui/views/rundetails.h"

#include "ui/format/tintedicon.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

RunDetails::RunDetails(QWidget *parent)
    : QWidget(parent)
    , m_step(plainLabel(u"runStep"_s))
    , m_counts(plainLabel(u"runCounts"_s))
    , m_pause(add(u"pauseRun"_s))
    , m_resume(add(u"resumeRun"_s))
    , m_background(add(u"runInBackground"_s))
{
    m_pause->setText(tr("Pa&use"));
    m_pause->setIcon(tintedIcon(u"pause"_s));
    m_pause->setToolTip(tr("Begin nothing further until somebody lets it go on"));
    m_resume->setText(tr("C&ontinue"));
    m_resume->setIcon(tintedIcon(u"play"_s));
    m_resume->hide();
    m_background->setText(tr("In the &Background"));
    m_background->setToolTip(tr("Go on while the window is of use; the status bar shows it"));
    m_background->hide();
    auto *texts = new QVBoxLayout;
    texts->addWidget(m_step);
    texts->addWidget(m_counts);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(texts, 1);
    for (QPushButton *button : {m_pause, m_resume, m_background})
        layout->addWidget(button);
    connect(m_pause, &QPushButton::clicked, this, &RunDetails::pauseRequested);
    connect(m_resume, &QPushButton::clicked, this, &RunDetails::resumeRequested);
    connect(m_background, &QPushButton::clicked, this, &RunDetails::backgroundRequested);
}

QPushButton *RunDetails::add(const QString &name)
{
    auto *button = new QPushButton(this);
    button->setObjectName(name);
    button->setAutoDefault(false);
    return button;
}

void RunDetails::offerBackground()
{
    m_background->show();
}

void RunDetails::showRun(const QString &step, const QString &counts, Offer offer)
{
    m_step->setText(step);
    m_counts->setText(counts);
    const bool hadFocus = m_pause->hasFocus() || m_resume->hasFocus();
    m_pause->setVisible(offer == Offer::Pause);
    m_resume->setVisible(offer == Offer::Continue);
    if (hadFocus && offer != Offer::Nothing)
        (offer == Offer::Continue ? m_resume : m_pause)->setFocus();
}

} // namespace Longshore::Ui
