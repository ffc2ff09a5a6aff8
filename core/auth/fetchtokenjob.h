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
    QUrl realm; ///< The token server, as a challenge names it; its own query is kept.
    QString service; ///< What the registry calls itself before that server; may be empty.
    QStringList scopes; ///< What matters first stands first: some servers read only that.
    Credentials credentials; ///< Empty for an anonymous token.
};

/// Asks a token server: by GET with a password or without one (Distribution "Token
/// Authentication"), by POST with an identity token (OAuth2), which goes to no other place. A
/// server without OAuth2 is asked by GET where there is a password, too.
///
/// Fails as HttpJob; as Unauthorized when the credentials were rejected, Unsupported when there is
/// only an identity token and the server takes none, Protocol when its answer holds no token.
class FetchTokenJob final : public ResultJob<Token>
{
    Q_OBJECT

public:
    /// \a client only sends the request; its own credentials stay out of it.
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
