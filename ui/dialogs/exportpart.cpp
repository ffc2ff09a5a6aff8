// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/exportpart.h"

#include "core/base/displaytext.h"
#include "ui/format/valueformat.h"

namespace Longshore::Ui {

void ExportPart::setChoices(const QList<ExportPresenter::Choice> &choices)
{
    m_choices = choices;
    clear();
    for (const auto &[platform, bytes] : choices) {
        const QString what = platform ? displayText(platform->toString()) : tr("all of it");
        addItem(tr("%1 (%2)", "a part of the image, and its size").arg(what, formatBytes(bytes)));
    }
    setEnabled(count() > 1);
    if (count() == 0)
        addItem(tr("Reading\u2026"));
}

std::optional<Platform> ExportPart::platform() const
{
    const int index = currentIndex();
    return index >= 0 && index < m_choices.size() ? m_choices.at(index).platform : std::nullopt;
}

qint64 ExportPart::bytes() const
{
    const int index = currentIndex();
    return index >= 0 && index < m_choices.size() ? m_choices.at(index).bytes : -1;
}

} // namespace Longshore::Ui
