// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/targetchoice.h"

#include "core/base/displaytext.h"

namespace Longshore::Ui {

TargetChoice::TargetChoice(const QList<CopyTarget> &targets, const QString &connectionId)
    : m_targets(targets)
{
    for (const CopyTarget &target : m_targets) {
        const QString name = displayText(target.name);
        addItem(target.objection.isEmpty() ? name : tr("%1 (changes not allowed)").arg(name));
        if (target.connectionId == connectionId)
            setCurrentIndex(count() - 1);
    }
}

const CopyTarget *TargetChoice::target() const
{
    return currentIndex() >= 0 ? &m_targets.at(currentIndex()) : nullptr;
}

} // namespace Longshore::Ui
