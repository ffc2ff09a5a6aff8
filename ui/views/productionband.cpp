// SPDX-License-Identifier: Apache-2.0
#include "ui/views/productionband.h"

#include "core/base/displaytext.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

ProductionBand::ProductionBand(QAction *allowChanges, QWidget *parent)
    : QFrame(parent), m_text(plainLabel(u"productionText"_s))
{
    setObjectName(u"productionBand"_s);
    setAutoFillBackground(true);
    QPalette colours = palette(); // The same in both themes: it is a warning, and not a decoration.
    colours.setColor(QPalette::Window, QColor(0xb3, 0x26, 0x1e));
    colours.setColor(QPalette::WindowText, Qt::white);
    setPalette(colours);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 3, 4, 3);
    layout->addWidget(m_text, 1);
    if (allowChanges) {
        auto *button = new QToolButton;
        button->setObjectName(u"allowChangesButton"_s);
        button->setDefaultAction(allowChanges);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::StrongFocus);
        layout->addWidget(button);
    }
    hide();
}

void ProductionBand::showHost(const QString &host, bool allowsChanges)
{
    setVisible(!host.isEmpty());
    m_text->setText(allowsChanges
                        ? tr("Production: %1. Changes are allowed until the connection is closed.")
                              .arg(quotedText(host))
                        : tr("Production: %1. It is only read from.").arg(quotedText(host)));
    m_text->setAccessibleName(m_text->text());
}

} // namespace Longshore::Ui
