// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/exportpart.h"

#include "ui/format/valueformat.h"

#include <algorithm>

namespace Longshore::Ui {

ExportPart::ExportPart(const ExportPresenter &presenter, QWidget *parent)
    : PlatformChoice(parent), m_presenter(presenter)
{
    connect(this, &PlatformChoice::changed, this, &ExportPart::updateBytes); // Before who asks.
}

void ExportPart::showChoices()
{
    const QList<ExportPresenter::Choice> &choices = m_presenter.choices();
    QList<PlatformPart> parts;
    for (const auto &[platform, bytes, allBytes] : choices.mid(1))
        parts.append({*platform, bytes, allBytes});
    if (choices.isEmpty())
        setPlatforms(tr("Reading\u2026"), {});
    else
        setPlatforms(tr("All, exactly as stored (%1)", "a size").arg(formatBytes(choices[0].bytes)),
                     parts, m_presenter.canTakeSeveral() ? Several::Offered : Several::Refused);
    updateBytes();
}

void ExportPart::updateBytes()
{
    m_bytes = sizeOfChoice();
}

qint64 ExportPart::sizeOfChoice() const
{
    const QList<Platform> chosen = platforms();
    const QList<ExportPresenter::Choice> &choices = m_presenter.choices();
    if (choices.isEmpty() || !objection().isEmpty())
        return -1;
    if (chosen.size() > 1)
        return m_presenter.sizeFor(chosen);
    const auto choice = std::find_if(choices.begin(), choices.end(), [&chosen](const auto &one) {
        return chosen.isEmpty() ? !one.platform : one.platform == chosen.first();
    });
    return choice == choices.end() ? -1 : choice->bytes;
}

} // namespace Longshore::Ui
