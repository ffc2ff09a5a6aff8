// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/realregistry.h"

#include <QJsonDocument>

#include <memory>

/// Runs one of our programs as a user would, with a home folder of its own.
///
/// The event loop of the test goes on meanwhile, and so do its servers.
class ProgramRunner
{
public:
    explicit ProgramRunner(const QString &program) : m_program(program) {}

    ProcessResult run(const QStringList &arguments, const QByteArray &input = {}) const;
    /// Starts the program and leaves it running.
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList &arguments) const;
    /// Waits for the end of a program that start() has started.
    static ProcessResult finish(QProcess &process);

    [[nodiscard]] const QString &program() const { return m_program; }
    /// A place inside the home folder, which goes with the runner.
    [[nodiscard]] QString filePath(const QString &name) const { return m_home.filePath(name); }
    /// Names in a folder of the home, hidden ones included.
    [[nodiscard]] QStringList files(const QString &folder = {}) const;
    [[nodiscard]] QByteArray content(const QString &name) const;

private:
    QString m_program;
    QTemporaryDir m_home;
};

/// Whether an error is told as it must be: one line, which names the program and nothing that a
/// terminal could take for a command.
[[nodiscard]] bool isOneCleanLine(const QByteArray &errors);
/// The document on standard output; null when it is not exactly one.
[[nodiscard]] QJsonDocument documentOf(const ProcessResult &result);
/// The kind of the error in that document.
[[nodiscard]] QString errorKindOf(const ProcessResult &result);
