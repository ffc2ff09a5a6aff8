// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/windowsettings.h"

#include <QStringList>

#include <optional>

namespace Longshore {

/// What the command line of the window asks for.
struct Options
{
    QStringList places; ///< Registries, repositories and images to open.
    QString screenshot; ///< A file to draw the window to, before the program ends.
    std::optional<WindowSettings::Theme> theme; ///< For this time only.
};

/// How reading the command line ended.
struct OptionsOutcome
{
    std::optional<Options> options; ///< None when the program has said what it had to say.
    int exitStatus = 0;
    QString output; ///< For standard output, or for standard error when the status is not 0.
};

/// Needs no display, so that --help works everywhere.
[[nodiscard]] OptionsOutcome parseOptions(const QStringList &arguments);

} // namespace Longshore
