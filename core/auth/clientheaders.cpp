// SPDX-License-Identifier: Apache-2.0
#include "core/auth/clientheaders.h"

#include "core/auth/credentialplaces.h"
#include "core/base/displaytext.h"
#include "core/http/httprequest.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ClientHeaders)
};

/// Headers that say what a request is; another one would make it a different request.
bool isOurs(const QByteArray &name)
{
    static const QByteArrayList ours{"accept",
                                     "accept-encoding",
                                     "authorization",
                                     "connection",
                                     "content-length",
                                     "content-range",
                                     "content-type",
                                     "cookie",
                                     "host",
                                     "if-match",
                                     "if-range",
                                     "range",
                                     "transfer-encoding",
                                     "te",
                                     "upgrade"};
    const QByteArray lower = name.toLower();
    return ours.contains(lower) || lower.startsWith("proxy-");
}

bool isSound(const QByteArray &name, const QByteArray &value)
{
    HttpRequest request;
    request.addHeader(name, value);
    return request.hasSoundHeaders();
}

} // namespace

ClientHeaders clientHeaders(const QProcessEnvironment &environment)
{
    ClientHeaders result;
    const CredentialPlace docker = dockerPlace(environment);
    const auto file = readCredentialFile(docker);
    if (!file || !*file)
        return result; // What is wrong with it is told by those who look for credentials.
    const auto &headers = (*file)->headers;
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        const QByteArray name = header.key().toUtf8();
        const QByteArray value = header->toUtf8();
        if (isSound(name, value) && !isOurs(name))
            result.headers.emplaceBack(name, value);
        else
            result.notices.append(Text::tr("The header %1 of %2 is not sent.")
                                      .arg(quotedText(header.key()), quotedText(docker.path)));
    }
    return result;
}

} // namespace Longshore
