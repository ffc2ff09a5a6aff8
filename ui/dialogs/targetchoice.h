// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/copypresenter.h"

#include <QComboBox>

namespace Longshore::Ui {

/// The registries that images can be brought to.
class TargetChoice final : public QComboBox
{
    Q_OBJECT

public:
    /// The one of \a connectionId is chosen to begin with, if it is among them.
    TargetChoice(const QList<CopyTarget> &targets, const QString &connectionId);

    /// Null when there is none.
    [[nodiscard]] const CopyTarget *target() const;

private:
    const QList<CopyTarget> m_targets;
};

} // namespace Longshore::Ui
