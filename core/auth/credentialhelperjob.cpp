// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentialhelperjob.h"

#include "core/base/displaytext.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

namespace Longshore {

constexpr qsizetype mostOutput = 1024 * 1024;

/// Ends the program and everything that it started, without waiting for that.
static void putDown(QProcess *process)
{
    process->disconnect();
    process->setParent(nullptr);
    if (process->state() == QProcess::NotRunning)
        return process->deleteLater();
    QObject::connect(process, &QProcess::finished, process, &QObject::deleteLater);
#ifdef Q_OS_UNIX
    if (const auto group = static_cast<pid_t>(process->processId()); group > 1)
        ::kill(-group, SIGKILL);
#endif
    process->kill();
}

CredentialHelperJob::CredentialHelperJob(const Question &question, QObject *parent)
    : ResultJob(parent), m_question(question)
{}

CredentialHelperJob::~CredentialHelperJob()
{
    CredentialHelperJob::releaseResources();
}

QString CredentialHelperJob::name() const
{
    return displayText(QFileInfo(m_question.program).fileName());
}

void CredentialHelperJob::doStart()
{
    auto *process = new QProcess(this);
    m_process = process;
    process->setWorkingDirectory(QDir::rootPath());
    process->setStandardErrorFile(QProcess::nullDevice()); // Nobody knows what it writes there.
#ifdef Q_OS_UNIX
    process->setChildProcessModifier([] { ::setsid(); });
#endif
    connect(process, &QProcess::readyReadStandardOutput, this, &CredentialHelperJob::readOutput);
    connect(process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            refuse(tr("%1 cannot be started.").arg(name()));
        else if (error == QProcess::Crashed)
            refuse(tr("%1 ended before it had answered.").arg(name()));
    });
    connect(process, &QProcess::finished, this,
            [this](int exitStatus, QProcess::ExitStatus) { handleEnd(exitStatus); });
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this,
            [this] { refuse(tr("%1 does not answer; it was stopped.").arg(name())); });
    m_limit.start(m_question.timeLimit);
    process->start(m_question.program, {QStringLiteral("get")});
    process->write(m_question.serverKey.toUtf8());
    process->closeWriteChannel();
}

void CredentialHelperJob::readOutput()
{
    m_output += m_process->readAllStandardOutput();
    if (m_output.size() > mostOutput)
        refuse(tr("%1 says far too much; it was stopped.").arg(name()));
}

void CredentialHelperJob::handleEnd(int exitStatus)
{
    if (!isRunning())
        return;
    readOutput();
    if (!isRunning())
        return;
    const auto credentials =
        readHelperOutcome(QFileInfo(m_question.program).fileName(), {exitStatus, m_output});
    if (credentials)
        succeed(*credentials);
    else
        fail(credentials.error());
}

void CredentialHelperJob::refuse(const QString &message)
{
    if (isRunning())
        fail({Error::Kind::Unauthorized, message});
}

void CredentialHelperJob::releaseResources()
{
    m_limit.stop();
    m_output.clear();
    if (m_process)
        putDown(m_process);
    m_process.clear();
}

} // namespace Longshore
