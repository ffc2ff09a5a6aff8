// SPDX-License-Identifier: Apache-2.0
#include "core/auth/credentialhelper.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype longestName = 64;
constexpr qsizetype longestMessage = 200;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CredentialHelper)
};

bool isSafeName(const QString &name)
{
    static const QRegularExpression pattern(u"^[A-Za-z0-9_][A-Za-z0-9._-]*\\z"_s);
    return name.size() <= longestName && pattern.match(name).hasMatch();
}

bool isOthersToWrite(const QFileInfo &file)
{
    return file.permissions().testFlag(QFile::WriteOther);
}

/// Bytes that a header, a log or a terminal would take for something else.
bool isPlain(const QString &text)
{
    return std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c.category() == QChar::Other_Control; });
}

Error failure(const QString &program, const QString &message, const QString &detail = {})
{
    return {Error::Kind::Unauthorized, message.arg(displayText(program)), detail};
}

/// By the protocol a helper that fails says why on its standard output. When that looks like the
/// answer to a question, it is not repeated.
QString reasonIn(const QByteArray &output)
{
    const QString text = QString::fromUtf8(output).trimmed();
    const bool isSentence = !text.contains(u'{') && !text.contains(u'\n');
    return isSentence ? displayText(text, longestMessage) : QString();
}

Result<Credentials> readAnswer(const QString &program, const QByteArray &output)
{
    const QJsonDocument document = QJsonDocument::fromJson(output);
    const QString user = document["Username"_L1].toString();
    const QString secret = document["Secret"_L1].toString();
    if (secret.isEmpty() || !isPlain(user) || !isPlain(secret))
        return failure(program, Text::tr("%1 gave no sign-in that can be used."));
    const auto account = Credentials::ofAccount(user, Secret(secret.toUtf8()));
    if (const auto objection = objectionTo(account))
        return *objection;
    return account;
}

} // namespace

QString helperProgramName(const QString &name)
{
    return "docker-credential-"_L1 + name;
}

Result<QString> findHelperProgram(const QString &name, const QString &searchPath)
{
    if (!isSafeName(name))
        return Error{Error::Kind::Policy,
                     Text::tr("%1 is not the name of a credential helper; nothing was run.")
                         .arg(quotedText(name.left(longestName)))};
    const QString program = helperProgramName(name);
    const QStringList folders = searchPath.split(QDir::listSeparator(), Qt::SkipEmptyParts);
    for (const QString &folder : folders) {
        if (!QDir::isAbsolutePath(folder))
            continue;
#ifdef Q_OS_WIN
        const QFileInfo file(folder + u'/' + program + ".exe"_L1);
#else
        const QFileInfo file(folder + u'/' + program);
#endif
        const bool mayBeRun = file.isFile() && file.isExecutable();
        if (mayBeRun && !isOthersToWrite(file) && !isOthersToWrite(QFileInfo(folder)))
            return file.absoluteFilePath();
    }
    return Error{Error::Kind::NotFound, Text::tr("%1 is not installed.").arg(displayText(program))};
}

Result<Credentials> readHelperOutcome(const QString &program, const HelperOutcome &outcome)
{
    if (outcome.exitStatus == 0)
        return readAnswer(program, outcome.output);
    if (outcome.output.trimmed() == "credentials not found in native keychain")
        return Credentials();
    return failure(program, Text::tr("%1 failed."), reasonIn(outcome.output));
}

} // namespace Longshore
