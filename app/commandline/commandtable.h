// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCommandLineOption>
#include <QList>

namespace Longshore {

class Command;
struct CommandContext;

/// One line of the table of commands.
struct CommandEntry
{
    QString name; ///< One word or two: "tags", "manifest get".
    QString arguments; ///< As the help names them: "HOST/REPO@DIGEST".
    QString summary;
    QList<QCommandLineOption> options = {}; ///< Beyond those of every command.
    Command *(*make)(const CommandContext &context) = nullptr;

    [[nodiscard]] qsizetype argumentCount() const { return arguments.count(u' ') + 1; }
};

// Each is defined in the file that carries its name.
[[nodiscard]] CommandEntry pingEntry();
[[nodiscard]] CommandEntry reposEntry();
[[nodiscard]] CommandEntry tagsEntry();
[[nodiscard]] CommandEntry digestEntry();
[[nodiscard]] CommandEntry manifestGetEntry();
[[nodiscard]] CommandEntry manifestDeleteEntry();
[[nodiscard]] CommandEntry blobExistsEntry();
[[nodiscard]] CommandEntry blobGetEntry();
[[nodiscard]] CommandEntry inspectEntry();
[[nodiscard]] CommandEntry keyGenerateEntry();
[[nodiscard]] CommandEntry verifyEntry();

/// All commands, in the order of the help.
[[nodiscard]] QList<CommandEntry> commandTable();
/// The options that several commands share.
[[nodiscard]] QCommandLineOption platformOption();

} // namespace Longshore
