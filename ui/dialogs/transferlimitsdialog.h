// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/windowsettings.h"

#include <QDialog>

class QCheckBox;
class QSpinBox;

namespace Longshore::Ui {

/// Asks how many transfers may run at once, and how fast all of them together.
class TransferLimitsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit TransferLimitsDialog(const TransferLimits &limits, QWidget *parent = nullptr);

    /// As they stand there now.
    [[nodiscard]] TransferLimits limits() const;

private:
    QSpinBox *m_parallel;
    QCheckBox *m_isLimited;
    QSpinBox *m_speed; ///< In KiB/s.
};

} // namespace Longshore::Ui
