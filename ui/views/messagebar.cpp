// SPDX-License-Identifier: Apache-2.0
#include "ui/views/messagebar.h"

#include "ui/format/tintedicon.h"
#include "ui/views/iconlabel.h"
#include "ui/views/plainlabel.h"

#include <QAction>
#include <QBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new IconLabel)
    , m_text(plainLabel(u"messageText"_s))
    , m_actions(new QHBoxLayout)
{
    setObjectName(u"messageBar"_s);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);

    auto *close = new QToolButton;
    close->setObjectName(u"closeMessage"_s);
    close->setAutoRaise(true);
    close->setIcon(tintedIcon(u"close"_s));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(tr("Close this message"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_actions);
    layout->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString &text, const QString &details,
                             const QList<QAction *> &actions)
{
    m_icon->setIcon(tintedIcon(kind == Kind::Warning ? u"warning"_s : u"info"_s));
    m_text->setText(details.isEmpty() ? text : QString(text + u'\n' + details));
    m_text->setAccessibleName(text); // The change of the name is what screen readers announce.
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        item->widget()->deleteLater(); // It may be the one that was pressed.
        delete item;
    }
    for (QAction *action : actions) {
        auto *button = new QToolButton;
        button->setObjectName(action->objectName() + "Button"_L1);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        m_actions->addWidget(button);
    }
    show();
}

QString MessageBar::text() const
{
    return m_text->text();
}

} // namespace Longshore::Ui
