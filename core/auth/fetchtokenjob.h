// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "core/auth/token.h"
#include "core/base/resultjob.h"

#include <QUrl>

namespace Longshore {

class HttpClient;
struct HttpRequest;
struct HttpResponse;

/// Whom to ask for a token, and what for.
struct TokenRequest
{
    QUrl realm;
    QString service;
    QStringList scopes; ///< What matters first stands first: some servers read only that.
    Credentials credentials; ///< Empty for an anonymous token.
};

/// Asks a token server: by GET with a password or without one (Distribution "Token
/// Authentication"), by POST with an identity token (OAuth2), which goes to no other place.
class FetchTokenJob final : public ResultJob<Token>
{
    Q_OBJECT

public:
    FetchTokenJob(HttpClient &client, const TokenRequest &request, QObject *parent = nullptr);

private:
    void doStart() override;
    void askByForm();
    void ask(const TokenRequest &tokenRequest);
    void settleWith(const Result<HttpResponse> &response);
    [[nodiscard]] HttpRequest requestTo(const QUrl &url) const;
    [[nodiscard]] Error explained(const Error &error) const;
    [[nodiscard]] Error rejection(const Error &error) const;

    HttpClient &m_client;
    TokenRequest m_request;
};

/// That a server did not take the credentials, in a sentence.
[[nodiscard]] QString rejectionText(const Credentials &credentials);

} // namespace Longshore
