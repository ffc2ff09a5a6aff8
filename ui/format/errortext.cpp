// SPDX-License-Identifier: Apache-2.0
#include "ui/format/errortext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

QString adviceFor(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind) {
    case Kind::Timeout:
    case Kind::Network: return Text::tr("Check the network and the address, then try again.");
    case Kind::Tls:
        if (error.certificate)
            return Text::tr("Look at it, and ask whoever runs the server before you trust it.");
        return Text::tr("If this server speaks plain HTTP, allow that for this connection.");
    case Kind::Unauthorized: return Text::tr("Sign in with an account that this server knows.");
    case Kind::Forbidden: return Text::tr("Sign in as someone who has this right.");
    case Kind::RateLimited: return Text::tr("Wait a while, or sign in to be allowed more.");
    case Kind::DigestMismatch:
    case Kind::SizeMismatch:
        return Text::tr("Try again; if it stays so, the image on the server is damaged.");
    case Kind::LocalFile: return Text::tr("Choose another folder or file, or make room.");
    case Kind::Changed: return Text::tr("Look again, and decide anew.");
    case Kind::Ambiguous: return Text::tr("Reload to see what became of it.");
    default: return {};
    }
}

} // namespace

ErrorText errorText(const Error &error)
{
    QStringList details;
    if (error.httpStatus != 0)
        details.append(Text::tr("Status %1").arg(error.httpStatus));
    if (!error.serverCode.isEmpty())
        details.append(error.serverCode);
    if (!error.detail.isEmpty())
        details.append(error.detail);
    return {error.message, adviceFor(error), details.join(u" \u00b7 "_s)};
}

QString serverWords(const Error &error)
{
    QStringList words;
    if (error.httpStatus != 0)
        words = {error.serverCode, error.detail};
    words.removeAll(QString());
    return words.join(u" \u00b7 "_s);
}

bool isCatalogRefusal(const Error &error)
{
    return error.kind == Error::Kind::Forbidden || error.kind == Error::Kind::NotFound
           || error.kind == Error::Kind::Unsupported;
}

} // namespace Longshore::Ui
