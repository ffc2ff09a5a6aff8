// SPDX-License-Identifier: Apache-2.0
#include "ui/views/placeholder.h"

#include "ui/views/plainlabel.h"

#include <QAction>
#include <QBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Longshore::Ui {

Placeholder::Placeholder(QWidget *parent)
    : QWidget(parent)
    , m_headline(plainLabel(u"placeholderHeadline"_s))
    , m_text(plainLabel(u"placeholderText"_s))
    , m_busy(new QProgressBar)
    , m_buttons(new QHBoxLayout)
{
    for (QLabel *label : {m_headline, m_text})
        label->setAlignment(Qt::AlignCenter);
    QFont font = m_headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    m_headline->setFont(font);
    m_busy->setObjectName(u"busy"_s);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setMaximumWidth(240);
    m_busy->setAccessibleName(tr("Reading"));
    m_delay.setSingleShot(true);
    m_delay.setInterval(400ms);
    connect(&m_delay, &QTimer::timeout, m_busy, &QWidget::show);

    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(m_headline);
    layout->addWidget(m_text);
    layout->addWidget(m_busy, 0, Qt::AlignHCenter);
    m_buttons->addStretch();
    layout->addLayout(m_buttons);
    layout->addStretch(3);
}

void Placeholder::showLoading(const QString &text, const QList<QAction *> &actions)
{
    m_headline->setText(text);
    m_text->hide();
    m_busy->hide();
    m_delay.start();
    setActions(actions);
}

void Placeholder::showMessage(const QString &headline, const QString &text,
                              const QList<QAction *> &actions)
{
    m_delay.stop();
    m_busy->hide();
    m_headline->setText(headline);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setActions(actions);
}

QString Placeholder::headline() const
{
    return m_headline->text();
}

void Placeholder::setActions(const QList<QAction *> &actions)
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater(); // It may be the one that was pressed.
        delete item;
    }
    m_buttons->addStretch();
    for (QAction *action : actions) {
        auto *button = new QPushButton(action->icon(), action->text());
        button->setObjectName(action->objectName() + "Button"_L1);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        m_buttons->addWidget(button);
    }
    m_buttons->addStretch();
}

} // namespace Longshore::Ui
