// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/program.h"

#include "core/http/ratelimit.h"

#include <QLoggingCategory>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr std::chrono::milliseconds longestFarewell{5000};
constexpr int standardInput = 0;
constexpr int standardOutput = 1;
constexpr int standardError = 2;
constexpr qint64 longestPassword = 64 * 1024; // Tokens are used as passwords, and are long.

ProgressPrinter::Form progressForm(const CommonOptions &options)
{
    if (options.isProgressJson)
        return ProgressPrinter::Form::Json;
    return options.isQuiet ? ProgressPrinter::Form::None : formForStandardError();
}

} // namespace

Program::Program(Network &network) : m_network(network)
{
    // Unbuffered: what is written is in order, and a failure shows where it happens.
    m_results.open(standardOutput, QIODevice::WriteOnly | QIODevice::Unbuffered);
    m_messages.open(standardError, QIODevice::WriteOnly | QIODevice::Unbuffered);
}

void Program::start(const QStringList &arguments)
{
    const auto commandLine = parseCommandLine(arguments, commandTable());
    const bool wantsJson = arguments.contains(u"--json"_s);
    m_output = std::make_unique<Output>(m_results, m_messages, Output::Style{wantsJson});
    if (!commandLine)
        return refuse(commandLine.error());
    if (!commandLine->text.isEmpty()) {
        m_output->writeBytes(commandLine->text.toUtf8());
        return end(ExitStatus::Done);
    }
    run(*commandLine);
}

void Program::refuse(const Error &error)
{
    m_output->writeError(error, {});
    end(exitStatusFor(error));
}

void Program::run(const CommandLine &commandLine)
{
    const CommonOptions &options = commandLine.invocation.common;
    if (options.isVerbose)
        QLoggingCategory::setFilterRules(u"longshore.*=true"_s);
    rateLimitOf(m_network.transfers)->set(options.bytesPerSecond);
    m_output = std::make_unique<Output>(m_results, m_messages,
                                        Output::Style{options.isJson, options.isQuiet});
    m_progress = std::make_unique<ProgressPrinter>(m_messages, progressForm(options));
    const auto credentials = readCredentials(options);
    if (!credentials)
        return refuse(credentials.error());
    m_command =
        commandLine.entry->make({m_network, *m_output, commandLine.invocation, *credentials});
    m_command->setParent(this);
    connect(m_command, &Job::progressChanged, m_progress.get(), &ProgressPrinter::print);
    connect(m_output.get(), &Output::speaking, m_progress.get(), &ProgressPrinter::clear);
    // Not sooner: whoever is asked for a password may leave the usual way.
    m_interruption = std::make_unique<Interruption>();
    connect(m_interruption.get(), &Interruption::interrupted, m_command, &Command::interrupt);
    connect(m_output.get(), &Output::broken, m_command, &Job::cancel, Qt::QueuedConnection);
    m_command->then(this, [this](const Result<ExitStatus> &outcome) { handleOutcome(outcome); });
    m_command->start();
}

void Program::handleOutcome(const Result<ExitStatus> &outcome)
{
    m_session = m_command->openSession();
    m_progress->clear();
    m_output->flush();
    if (m_output->isBroken())
        return end(ExitStatus::Failed);
    if (outcome)
        return end(*outcome);
    m_output->writeError(outcome.error(), m_command->subject());
    end(exitStatusFor(outcome.error()));
}

void Program::end(ExitStatus status)
{
    m_output->flush();
    if (m_output->isBroken() && status == ExitStatus::Done)
        status = ExitStatus::Failed;
    m_status = status;
    QTimer::singleShot(longestFarewell, this, &Program::cancelFarewells);
    waitForFarewells();
}

/// What a command that was stopped gives back to the registry, such as an unfinished upload.
void Program::waitForFarewells()
{
    if (Job *farewell = m_session ? m_session->unownedJob() : nullptr)
        connect(farewell, &Job::finished, this, &Program::waitForFarewells);
    else
        quit();
}

/// Who knows then what is left says so.
void Program::cancelFarewells()
{
    while (Job *farewell = m_session ? m_session->unownedJob() : nullptr)
        farewell->cancel();
    quit(); // Behind what they say.
}

void Program::quit()
{
    if (std::exchange(m_hasQuit, true))
        return;
    QMetaObject::invokeMethod(
        this, [this] { emit finished(static_cast<int>(m_status)); }, Qt::QueuedConnection);
}

Result<Credentials> Program::readCredentials(const CommonOptions &options)
{
    if (!options.readsPassword)
        return Credentials();
    QFile input;
    QByteArray password;
    if (input.open(standardInput, QIODevice::ReadOnly))
        password = input.read(longestPassword);
    // What "echo" and editors put behind it; everything else belongs to the password.
    while (password.endsWith('\n') || password.endsWith('\r'))
        password.chop(1);
    if (password.isEmpty())
        return Error{Error::Kind::InvalidInput, tr("The standard input held no password.")};
    return Credentials{options.user, Secret(password)};
}

} // namespace Longshore
