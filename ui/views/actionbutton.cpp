// SPDX-License-Identifier: Apache-2.0
#include "ui/views/actionbutton.h"

#include <QAction>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

QPushButton *actionButton(QAction &action)
{
    auto *button = new QPushButton(action.icon(), action.text());
    button->setObjectName(action.objectName() + "Button"_L1);
    button->setAutoDefault(false);
    const auto follow = [button, &action] {
        button->setEnabled(action.isEnabled());
        button->setToolTip(action.toolTip());
    };
    follow();
    QObject::connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    QObject::connect(&action, &QAction::changed, button, follow);
    return button;
}

} // namespace Longshore::Ui
