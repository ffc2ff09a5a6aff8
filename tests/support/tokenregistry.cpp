// SPDX-License-Identifier: Apache-2.0
#include "support/tokenregistry.h"

TokenRegistry::TokenRegistry() : challenge(bearerChallenge())
{
    setHandler([this](const TestRequest &request, const TestConnection &connection) {
        answerByRule(request, connection);
    });
}

QByteArray TokenRegistry::bearerChallenge() const
{
    return "Bearer realm=\"" + url(QStringLiteral("/token")).toEncoded() + "\",service=\"s\"";
}

void TokenRegistry::answerByRule(const TestRequest &request, const TestConnection &connection)
{
    const QByteArray sent = request.header("authorization");
    if (request.path() != QStringLiteral("/token")) {
        if (validHeaders.contains(sent))
            return connection.answer({200, "ok"});
        TestAnswer refusal{401, R"({"errors":[{"code":"UNAUTHORIZED"}]})"};
        if (!challenge.isEmpty())
            refusal.headers.emplaceBack("WWW-Authenticate", challenge);
        return connection.answer(refusal);
    }
    if (QByteArray::fromBase64(sent.mid(6)).endsWith(":wrong"))
        return connection.answer({401, R"({"details":"incorrect"})"});
    const QByteArray token = 't' + QByteArray::number(++issuedCount);
    validHeaders.insert("Bearer " + token);
    connection.answer({200, R"({"token":")" + token + R"("})"});
}
