// SPDX-License-Identifier: Apache-2.0
#include "app/commandline/errortext.h"

#include "core/base/displaytext.h"

#include <QCoreApplication>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

constexpr qsizetype longestLine = 4096;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

QString adviceForWait(const Error &error)
{
    if (error.retryAfter)
        return Text::tr("Try again in %1 s.").arg(error.retryAfter->count());
    return Text::tr("Try again later, or with a smaller --parallel.");
}

/// What to do. Empty where the message says it already, or where nothing can be done.
QString adviceFor(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind) {
    case Kind::Timeout:
    case Kind::Network: return Text::tr("See whether it runs and can be reached from here.");
    case Kind::Tls:
        return error.certificate ? Text::tr("If you trust its authority, name it with --ca.")
                                 : Text::tr("If it speaks plain HTTP, add --plain-http.");
    case Kind::Unauthorized:
        return Text::tr("Sign in with --username and --password-stdin, and check both.");
    case Kind::Forbidden: return Text::tr("Sign in as somebody who may.");
    case Kind::NotFound: return Text::tr("Check the name.");
    case Kind::RateLimited: return adviceForWait(error);
    case Kind::DigestMismatch:
    case Kind::SizeMismatch:
        return Text::tr("Try again; if it stays, tell the administrator of the registry.");
    case Kind::LocalFile: return Text::tr("Choose another file or folder.");
    case Kind::Changed: return Text::tr("Look at it again before you repeat the command.");
    case Kind::Ambiguous: return Text::tr("Look whether it happened before you try again.");
    default: return {};
    }
}

QString serverWords(const Error &error)
{
    QStringList words{error.serverCode, error.detail};
    words.removeAll(QString());
    return withoutIsolates(words.join(": "_L1));
}

} // namespace

QString withoutIsolates(QString text)
{
    return text.remove(QChar(0x2068)).remove(QChar(0x2069));
}

QString errorLine(const Error &error, const QString &subject)
{
    const QString message = withoutIsolates(error.message);
    QString line = u"longshorectl: "_s;
    if (!subject.isEmpty() && !message.contains(subject))
        line += subject + ": "_L1;
    line += message;
    // Without an answer the detail only repeats the message in the words of a library; but what is
    // wrong with a certificate nobody else says.
    const bool isNews = error.httpStatus != 0 || error.kind == Error::Kind::Tls;
    if (isNews && !serverWords(error).isEmpty())
        line += " ("_L1 + serverWords(error) + u')';
    const QString advice = adviceFor(error);
    if (!advice.isEmpty())
        line += u' ' + advice;
    return displayText(line, longestLine);
}

QJsonObject errorObject(const Error &error)
{
    return {{u"kind"_s, Error::kindName(error.kind)},
            {u"message"_s, withoutIsolates(error.message)},
            {u"status"_s, error.httpStatus},
            {u"detail"_s, serverWords(error)}};
}

} // namespace Longshore
