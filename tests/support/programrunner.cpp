// SPDX-License-Identifier: Apache-2.0
#include "support/programrunner.h"

#include <QDir>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

std::unique_ptr<QProcess> ProgramRunner::start(const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_home.path());
    environment.insert(u"XDG_DATA_HOME"_s, m_home.filePath(u"data"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, m_home.filePath(u"config"_s));
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.remove(u"QT_LOGGING_RULES"_s);
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(m_home.path());
    process->start(m_program, arguments);
    return process;
}

ProcessResult ProgramRunner::finish(QProcess &process)
{
    const bool isOver =
        QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000);
    if (!isOver || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

ProcessResult ProgramRunner::run(const QStringList &arguments, const QByteArray &input) const
{
    const auto process = start(arguments);
    process->write(input);
    process->closeWriteChannel();
    return finish(*process);
}

QStringList ProgramRunner::files(const QString &folder) const
{
    return QDir(m_home.filePath(folder))
        .entryList(QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
}

QByteArray ProgramRunner::content(const QString &name) const
{
    QFile file(filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isOneCleanLine(const QByteArray &errors)
{
    if (!errors.startsWith("longshorectl: ") || errors.count('\n') != 1 || !errors.endsWith('\n'))
        return false;
    const QString text = QString::fromUtf8(errors.chopped(1));
    return std::none_of(text.begin(), text.end(), [](QChar character) {
        return character.category() == QChar::Other_Control
               || character.category() == QChar::Other_Format;
    });
}

QJsonDocument documentOf(const ProcessResult &result)
{
    return QJsonDocument::fromJson(result.output);
}

QString errorKindOf(const ProcessResult &result)
{
    return documentOf(result)["error"_L1]["kind"_L1].toString();
}
