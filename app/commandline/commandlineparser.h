// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/commandline/commandtable.h"
#include "app/commandline/invocation.h"
#include "core/base/result.h"

namespace Longshore {

/// What the arguments of the program ask for.
struct CommandLine
{
    QString text = {}; ///< To be shown instead of running anything: help, version.
    std::optional<CommandEntry> entry = {};
    Invocation invocation = {};
};

/// Reads the arguments, the name of the program first; an Error of kind InvalidInput says what is
/// wrong with them. Options may stand before and after the command.
[[nodiscard]] Result<CommandLine> parseCommandLine(const QStringList &arguments,
                                                   const QList<CommandEntry> &table);

} // namespace Longshore
