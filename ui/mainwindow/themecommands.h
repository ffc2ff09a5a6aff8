// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/windowsettings.h"

#include <QObject>

namespace Longshore::Ui {

class MainActions;

/// The choice of colours: applies what was chosen the last time, and remembers what is chosen now.
class ThemeCommands final : public QObject
{
    Q_OBJECT

public:
    ThemeCommands(const MainActions &actions, WindowSettings &settings, QObject *parent);
};

} // namespace Longshore::Ui
