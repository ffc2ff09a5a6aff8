// SPDX-License-Identifier: Apache-2.0
#include "ui/views/plainlabel.h"

#include <QLabel>

namespace Longshore::Ui {

QLabel *plainLabel(const QString &objectName, const QString &text)
{
    auto *label = new QLabel(text);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(1); // Else one long word of a server makes the window as wide.
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace Longshore::Ui
