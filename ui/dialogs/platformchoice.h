// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/oci/descriptor.h"

#include <QComboBox>

namespace Longshore::Ui {

/// All platforms of an image, or one of them.
class PlatformChoice final : public QComboBox
{
    Q_OBJECT

public:
    PlatformChoice();

    /// Those that there are to choose from; all of them are chosen then.
    void setPlatforms(const QList<Platform> &platforms);
    /// Whether there is anything to choose.
    [[nodiscard]] bool hasChoice() const { return count() > 2; }
    /// Nothing for all of them.
    [[nodiscard]] std::optional<Platform> platform() const;

private:
    QList<Platform> m_platforms;
};

} // namespace Longshore::Ui
