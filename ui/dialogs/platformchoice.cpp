// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/platformchoice.h"

#include "core/base/displaytext.h"

#include <QSignalBlocker>

namespace Longshore::Ui {

PlatformChoice::PlatformChoice()
{
    setObjectName(QStringLiteral("platform"));
    setPlatforms({});
}

void PlatformChoice::setPlatforms(const QList<Platform> &platforms)
{
    const QSignalBlocker blocker(this); // What is chosen is what was before anybody chose.
    m_platforms = platforms;
    clear();
    addItem(tr("All, as they are"));
    for (const Platform &platform : platforms)
        addItem(tr("Only %1").arg(displayText(platform.toString(), 100)));
}

std::optional<Platform> PlatformChoice::platform() const
{
    return currentIndex() > 0 ? std::optional(m_platforms.at(currentIndex() - 1)) : std::nullopt;
}

} // namespace Longshore::Ui
