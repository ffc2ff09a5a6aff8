// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/commandline/exitstatus.h"
#include "app/commandline/invocation.h"
#include "app/commandline/output.h"
#include "core/auth/credentials.h"
#include "core/base/resultjob.h"
#include "core/cleanup/runjournal.h"
#include "core/oci/imagereference.h"
#include "core/registry/openregistryjob.h"
#include "core/registry/registrysession.h"
#include "core/transfer/transfertask.h"

#include <QDeadlineTimer>

namespace Longshore {

/// What a command works with.
struct CommandContext
{
    Network &network;
    Output &output;
    Invocation invocation;
    Credentials credentials; ///< Empty for nobody in particular.
};

/// One command of longshorectl. It writes its result, and ends with an exit status or an error;
/// errors are written by the program. Progress is in bytes.
class Command : public ResultJob<ExitStatus>
{
public:
    explicit Command(const CommandContext &context);

    /// The registry that the command has opened, and writes to if to any; null when it has opened
    /// none.
    [[nodiscard]] std::shared_ptr<RegistrySession> openSession() const { return m_session; }
    /// What an error is about, as it was typed.
    [[nodiscard]] virtual QString subject() const { return invocation().target(); }
    /// Somebody wants it to end: at once, unless there is something to report.
    virtual void interrupt() { cancel(); }

protected:
    [[nodiscard]] const Invocation &invocation() const { return m_context.invocation; }
    [[nodiscard]] const Credentials &credentials() const { return m_context.credentials; }
    [[nodiscard]] Output &output() { return m_context.output; }
    /// The registry, once it is open.
    [[nodiscard]] RegistrySession &session() { return *m_session; }

    /// Opens the registry that the first argument names, and nothing but a registry.
    void openHost(std::function<void(const PingAnswer &)> next);
    /// Opens the registry of the image that the first argument names.
    void openImage(std::function<void(const ImageReference &)> next);
    /// The same for an argument that may name no tag and no digest.
    void openRepository(std::function<void(const RepositoryName &)> next);
    /// The same for an argument that must name a digest.
    void openBlob(std::function<void(const RepositoryName &, const Digest &)> next);
    /// Opens the registry of \a image, for whoever knows it already.
    void openTarget(const ImageReference &image, std::function<void()> next);
    /// Opens it for other repositories, too: with the sign-ins for all parts of the registry.
    void openWhole(const ImageReference &image, std::function<void()> next);
    /// Opens a registry that is only read from, beside that of \a target. The sign-in that was given
    /// to the command is for the latter, and goes to no other host.
    void openSource(const ImageReference &image, const ImageReference &target,
                    std::function<void(std::shared_ptr<RegistrySession>)> next);
    /// What --platform names, each once; none for all of them. An error when it cannot be read.
    [[nodiscard]] Result<QList<Platform>> platformsOrAll() const;

    /// Writes a change down that was made; what cannot be written is noted, and nothing more. Then
    /// it goes on.
    void journal(const JournalRun &run, std::function<void()> next);
    /// \a change of one item is on its way. Should somebody interrupt the command before
    /// endChange(), it is written down as unverified.
    void beginChange(const JournalRun &change) { m_change = change; }
    [[nodiscard]] bool isChanging() const { return m_change.has_value(); }
    /// Writes down what became of it: that it was made, or that nobody knows when \a error is of kind
    /// Ambiguous; otherwise it was not. Then it goes on.
    void endChange(const std::optional<Error> &error, std::function<void()> next);
    /// Sends a manifest, with all that as the change.
    void pushManifest(const PlacedImage &placed, const Manifest &manifest,
                      std::function<void(const Result<PushedManifest> &)> next);
    void releaseResources() override;

private:
    using Next = std::function<void(const OpenedRegistry &)>;

    void open(const QString &host, const QString &repository, const Credentials &credentials,
              Next next);
    void openWith(const OpenRegistryJob::Options &options, Next next);
    void noteOnce(const QString &notice);
    void explainWait(const Error &reason, std::chrono::milliseconds delay);

    CommandContext m_context;
    std::shared_ptr<RegistrySession> m_session;
    std::optional<JournalRun> m_change; ///< Under way.
    QStringList m_noted; ///< By this command.
    QDeadlineTimer m_explained{0}; ///< Until when the last wait has been explained.
};

/// For the table of commands.
template <typename SpecificCommand>
Command *makeCommand(const CommandContext &context)
{
    return new SpecificCommand(context);
}

/// A refusal of an argument.
[[nodiscard]] inline Error invalidArgument(const QString &message)
{
    return {Error::Kind::InvalidInput, message};
}

} // namespace Longshore
