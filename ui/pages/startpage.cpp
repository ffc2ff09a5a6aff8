// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/startpage.h"

#include <QAction>
#include <QBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

constexpr int pictureSize = 64;

StartPage::StartPage(const QList<QAction *> &actions, QWidget *parent) : QWidget(parent)
{
    setObjectName(u"startPage"_s);
    auto *picture = new QLabel;
    picture->setPixmap(QIcon(u":/icons/longshore.svg"_s).pixmap(pictureSize));
    picture->setAlignment(Qt::AlignCenter);
    auto *headline = new QLabel(tr("Connect to a registry to see its images."));
    QFont font = headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    headline->setFont(font);
    headline->setAlignment(Qt::AlignCenter);
    auto *hint = new QLabel(
        tr("Registries that you have used are on the left; open one to see its repositories."));
    hint->setAlignment(Qt::AlignCenter);
    hint->setWordWrap(true);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    for (QAction *action : actions) {
        auto *button = new QPushButton(action->icon(), action->text());
        button->setObjectName("start_"_L1 + action->objectName());
        button->setToolTip(action->statusTip());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        buttons->addWidget(button);
    }
    buttons->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(picture);
    layout->addSpacing(12);
    layout->addWidget(headline);
    layout->addWidget(hint);
    layout->addSpacing(12);
    layout->addLayout(buttons);
    layout->addStretch(3);
}

} // namespace Longshore::Ui
