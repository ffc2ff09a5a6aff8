// SPDX-License-Identifier: Apache-2.0
#include "ui/views/filterchips.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QLocale>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

FilterChips::FilterChips(const QStringList &names, QWidget *parent)
    : QWidget(parent), m_names(names), m_chips(new QButtonGroup(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    for (int chip = 0; chip < names.size(); ++chip) {
        auto *button = new QToolButton;
        button->setObjectName(u"chip%1"_s.arg(chip));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        m_chips->addButton(button, chip);
        layout->addWidget(button);
    }
    layout->addStretch();
    m_chips->button(0)->setChecked(true);
    setCounts(QList<qsizetype>(names.size(), 0));
    connect(m_chips, &QButtonGroup::idToggled, this, [this](int chip, bool isChosen) {
        if (isChosen)
            emit chosenChanged(chip);
    });
}

void FilterChips::setCounts(const QList<qsizetype> &counts)
{
    for (int chip = 0; chip < counts.size(); ++chip) {
        QAbstractButton *button = m_chips->button(chip);
        button->setText(tr("%1 (%2)", "a group, and how many there are")
                            .arg(m_names.at(chip), QLocale().toString(counts.at(chip))));
        button->setEnabled(chip == 0 || counts.at(chip) > 0 || button->isChecked());
    }
}

int FilterChips::chosen() const
{
    return m_chips->checkedId();
}

void FilterChips::choose(int chip)
{
    m_chips->button(chip)->setChecked(true);
}

} // namespace Longshore::Ui
