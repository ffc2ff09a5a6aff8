// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "core/auth/fetchtokenjob.h"
#include "core/auth/token.h"
#include "core/auth/tokenserververdicts.h"
#include "core/http/authchallenge.h"
#include "core/http/requestauthorizer.h"
#include "core/http/urlpolicy.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace Longshore {

class HttpClient;

/// Answers the challenges of one registry for one account: Basic or Bearer, as it asks.
///
/// Nothing is sent before the registry has asked for it. Who has credentials sends no body before it
/// is known whether it does, and nobody one from HttpRequest::source. Tokens are kept until they
/// expire; for each set of rights at most one request for a token runs. A password goes to the server once
/// until that has taken it, and when it was rejected not again until setCredentials(); nothing but what a
/// registry lets through that has never asked for a sign-in is asked for then. To a token server on
/// another site it only goes when the consent allows it; without one it never does.
///
/// Its answers fail as FetchTokenJob, as Unauthorized when there is nothing better to be sent, and
/// as Policy when the realm is no URL that checkServerUrl() lets pass. RFC 9110, 11; Distribution
/// "Token Authentication".
class RegistryAuthorizer final : public QObject, public RequestAuthorizer
{
    Q_OBJECT

public:
    /// How a registry wants to be signed in to. RFC 7617; RFC 6750.
    enum class Scheme { Unknown, Basic, Bearer };

    /// Tokens are fetched by \a client, which must outlive the authorizer.
    explicit RegistryAuthorizer(HttpClient &client, QObject *parent = nullptr);

    /// Signs in anew, with the next request that is asked to. Forgets tokens and refusals.
    void setCredentials(const Credentials &credentials);
    /// Asked before the sign-in goes to a token server on another site; null refuses that.
    void setTokenServerConsent(const std::shared_ptr<TokenServerConsent> &consent)
    {
        m_verdicts->setConsent(consent);
    }
    /// What was said about token servers counts for both from now on, and who asks.
    void shareVerdictsWith(const RegistryAuthorizer &other) { m_verdicts = other.m_verdicts; }
    /// Empty for anonymous access.
    [[nodiscard]] const Credentials &credentials() const noexcept { return m_credentials; }
    /// What the registry asked for so far.
    [[nodiscard]] Scheme scheme() const noexcept { return m_scheme; }

    /// What the registry asked of somebody else, for refusals that come without a challenge, and
    /// for requests with a body. With others nothing is sent earlier because of it.
    void rememberChallenge(const QByteArray &header);

    ResultJob<Secret> *authorize(const HttpRequest &request) override;
    ResultJob<Secret> *answerChallenge(const HttpRequest &request, const HttpResponse &refusal,
                                       const Secret &refused) override;
    [[nodiscard]] bool canSignIn(const HttpRequest &request) const override;
    [[nodiscard]] Error explainRefusal(const HttpRequest &request, const Error &refusal,
                                       const Secret &refused) override;

private:
    struct TokenServer
    {
        QUrl realm;
        QString service;

        friend bool operator==(const TokenServer &, const TokenServer &) = default;
    };

    /// What a token server gave in exchange for the identity token; for that server alone.
    struct Renewal
    {
        TokenServer server;
        Secret identityToken;
    };

    ResultJob<Secret> *known(const Result<Secret> &answer);
    ResultJob<Secret> *refuse(Error::Kind kind, const QString &message, const QString &detail = {});
    ResultJob<Secret> *authorizeBody(const HttpRequest &request);
    void askForChallenge();
    ResultJob<Secret> *answerWithRegistryToken(const Secret &refused);
    ResultJob<Secret> *refuseTokenServer(const QUrl &realm);
    ResultJob<Secret> *answerBasic(const HttpRequest &request, const Secret &refused);
    ResultJob<Secret> *basic();
    ResultJob<Secret> *answerBearer(const AuthChallenge &challenge, const HttpRequest &request,
                                    const Secret &refused);
    ResultJob<Secret> *tokenFor(const QStringList &scopes);
    [[nodiscard]] bool isAdmitted() const;
    [[nodiscard]] TokenServerQuestion question() const;
    FetchTokenJob *sharedFetch(const QStringList &scopes);
    void keep(const Token &token, const QStringList &scopes, const TokenServer &server);
    void tryPassword(const QUrl &url);
    void handleTrial(const Error *error);
    [[nodiscard]] bool needsTrial() const { return !m_isProven && !m_credentials.isEmpty(); }
    [[nodiscard]] Error rejected() const;
    [[nodiscard]] std::optional<Error> objection() const; ///< To sending the credentials.

    HttpClient &m_client;
    Credentials m_credentials;
    Scheme m_scheme = Scheme::Unknown;
    bool m_isRejected = false;
    bool m_wasAsked = false; ///< For a sign-in, by a 401; a bare 403 need not be about one.
    bool m_isProven = false; ///< The server has taken the password.
    QPointer<Job> m_trial; ///< Finds out about the password; the others wait for it.
    AuthChallenge m_lastChallenge; ///< For refusals that come without one.
    bool m_knowsChallenge = false; ///< Also that there is none, as long as nobody asks.
    QPointer<Job> m_inquiry; ///< Asks for it, before the first body.
    TokenRequest m_tokenServer;
    /// Of token servers on other sites.
    std::shared_ptr<TokenServerVerdicts> m_verdicts = std::make_shared<TokenServerVerdicts>();
    Renewal m_renewed;
    TokenCache m_tokens;
    QHash<QStringList, FetchTokenJob *> m_fetches; ///< Whose results were not delivered yet.
};

} // namespace Longshore
