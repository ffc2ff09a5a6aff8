// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/commandline/command.h"
#include "app/commandline/commandlineparser.h"
#include "app/commandline/progressprinter.h"
#include "core/base/interruption.h"

#include <QFile>
#include <QPointer>

namespace Longshore {

/// One run of longshorectl, from its arguments to its exit status.
class Program final : public QObject
{
    Q_OBJECT

public:
    explicit Program(Network &network);

    /// Shows something, or begins a command; finished() follows, from the event loop.
    void start(const QStringList &arguments);

signals:
    void finished(int exitStatus);

private:
    void run(const CommandLine &commandLine);
    void refuse(const Error &error);
    void handleOutcome(const Result<ExitStatus> &outcome);
    void end(ExitStatus status);
    void waitForFarewells();
    void cancelFarewells();
    void quit();
    [[nodiscard]] Result<Credentials> readCredentials(const CommonOptions &options);

    Network &m_network;
    QFile m_results;
    QFile m_messages;
    std::unique_ptr<Interruption> m_interruption;
    std::unique_ptr<Output> m_output;
    std::unique_ptr<ProgressPrinter> m_progress;
    QPointer<Command> m_command;
    std::shared_ptr<RegistrySession> m_session; ///< Of the command, which is over.
    ExitStatus m_status = ExitStatus::Done;
    bool m_hasQuit = false;
};

} // namespace Longshore
