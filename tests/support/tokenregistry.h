// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/testserver.h"

#include <QSet>

/// A registry that lets in whoever shows a valid token, with its token server under /token, which
/// gives one to everybody but the password "wrong". Everything else it answers with "ok".
class TokenRegistry final : public TestServer
{
    Q_OBJECT

public:
    TokenRegistry();

    QByteArray challenge; ///< With which it refuses; none when empty.
    QSet<QByteArray> validHeaders;
    int issuedCount = 0;

    [[nodiscard]] QByteArray bearerChallenge() const;
    [[nodiscard]] qsizetype tokenRequestCount() const
    {
        return count("GET", QStringLiteral("/token"));
    }
    /// What it does unless setHandler() replaced it; the replacement may fall back on it.
    void answerByRule(const TestRequest &request, const TestConnection &connection);
};
