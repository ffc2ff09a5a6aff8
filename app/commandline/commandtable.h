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

    /// Whether so many arguments are enough and not too many; dots stand for more of the same, and
    /// those that begin with a bracket may be left out.
    [[nodiscard]] bool takes(qsizetype count) const
    {
        const qsizetype named = arguments.count(u' ') + 1;
        const qsizetype needed = named - arguments.count(QLatin1String(" ["));
        return count >= needed && (count <= named || arguments.contains(QLatin1String("...")));
    }
};

// Each is defined in the file that carries its name.
[[nodiscard]] CommandEntry pingEntry();
[[nodiscard]] CommandEntry reposEntry();
[[nodiscard]] CommandEntry tagsEntry();
[[nodiscard]] CommandEntry digestEntry();
[[nodiscard]] CommandEntry manifestGetEntry();
[[nodiscard]] CommandEntry manifestPutEntry();
[[nodiscard]] CommandEntry manifestDeleteEntry();
[[nodiscard]] CommandEntry tagAddEntry();
[[nodiscard]] CommandEntry tagRemoveEntry();
[[nodiscard]] CommandEntry configEntry();
[[nodiscard]] CommandEntry referrersEntry();
[[nodiscard]] CommandEntry blobExistsEntry();
[[nodiscard]] CommandEntry blobGetEntry();
[[nodiscard]] CommandEntry blobPutEntry();
[[nodiscard]] CommandEntry blobDeleteEntry();
[[nodiscard]] CommandEntry exportEntry();
[[nodiscard]] CommandEntry exportLayersEntry();
[[nodiscard]] CommandEntry importEntry();
[[nodiscard]] CommandEntry copyEntry();
[[nodiscard]] CommandEntry appendEntry();
[[nodiscard]] CommandEntry cleanupEntry();
[[nodiscard]] CommandEntry inspectEntry();
[[nodiscard]] CommandEntry restoreEntry();
[[nodiscard]] CommandEntry keyGenerateEntry();
[[nodiscard]] CommandEntry verifyEntry();

/// All commands, in the order of the help.
[[nodiscard]] QList<CommandEntry> commandTable();
/// The options that several commands share.
[[nodiscard]] QCommandLineOption platformOption();
[[nodiscard]] QCommandLineOption platformsOption();
[[nodiscard]] QList<QCommandLineOption> backupOptions();

} // namespace Longshore
