// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "core/auth/token.h"
#include "core/base/resultjob.h"

#include <QUrl>

namespace Longshore {

class HttpClient;

/// Whom to ask for a token, and what for.
struct TokenRequest
{
    QUrl realm;
    QString service;
    QStringList scopes; ///< What matters first stands first: some servers read only that.
    Credentials credentials; ///< Empty for an anonymous token.
};

/// Asks a token server by GET. Distribution "Token Authentication".
class FetchTokenJob final : public ResultJob<Token>
{
    Q_OBJECT

public:
    FetchTokenJob(HttpClient &client, const TokenRequest &request, QObject *parent = nullptr);

private:
    void doStart() override;
    void ask(const TokenRequest &tokenRequest);
    [[nodiscard]] Error explained(const Error &error) const;

    HttpClient &m_client;
    TokenRequest m_request;
};

} // namespace Longshore
