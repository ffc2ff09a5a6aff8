// SPDX-License-Identifier: Apache-2.0
#include "core/auth/answerjobs.h"
#include "core/auth/registryauthorizer.h"
#include "core/http/httpclient.h"

using namespace Qt::StringLiterals;

namespace Longshore {

ResultJob<Secret> *RegistryAuthorizer::answerBearer(const AuthChallenge &challenge,
                                                    const HttpRequest &request,
                                                    const Secret &refused)
{
    const QUrl realm = QUrl::fromEncoded(challenge.parameters.value("realm"), QUrl::StrictMode);
    if (challenge.isContradictory || realm.hasFragment() || !checkServerUrl(realm, request.url))
        return refuseTokenServer(realm);
    m_scheme = Scheme::Bearer;
    m_lastChallenge = challenge;
    m_lastChallenge.parameters.remove("scope"); // That was for this request.
    m_tokenServer = {realm, QString::fromUtf8(challenge.parameters.value("service")), {}, {}};
    const QStringList asked =
        QString::fromUtf8(challenge.parameters.value("scope")).split(u' ', Qt::SkipEmptyParts);
    const QStringList scopes = unitedScopes(request.scopes, asked);
    // When many requests fail over one expired token, the first of them fetches a new one.
    if (const auto token = m_tokens.find(scopes); token && token->header() == refused)
        m_tokens.remove(scopes);
    return tokenFor(scopes);
}

ResultJob<Secret> *RegistryAuthorizer::tokenFor(const QStringList &scopes)
{
    if (m_isRejected)
        return known(rejected());
    if (const auto token = m_tokens.find(scopes))
        return known(token->header());
    if (!isAdmitted()) {
        if (const auto verdict = m_verdicts->about(question()))
            return known(verdict->error());
        return new LaterAnswerJob(
            m_verdicts->ask(question()), [this, scopes] { return tokenFor(scopes); }, this);
    }
    if (m_trial && !m_fetches.contains(scopes))
        return new LaterAnswerJob(
            m_trial, [this, scopes] { return tokenFor(scopes); }, this);
    return new AwaitTokenJob(sharedFetch(scopes), this);
}

/// Whether what there is to be told may be told to the token server; of one that was refused the
/// registry may name another by now, and is asked without a token.
bool RegistryAuthorizer::isAdmitted() const
{
    const QString host = Origin::of(m_tokenServer.realm).host;
    if (m_credentials.isEmpty() || isSameSite(host, m_client.home().host))
        return true;
    const auto verdict = m_verdicts->about(question());
    return verdict && verdict->has_value();
}

TokenServerQuestion RegistryAuthorizer::question() const
{
    const Origin server = Origin::of(m_tokenServer.realm);
    // Who may be told over TLS need not be told in the open.
    const auto scheme = server.scheme == "https"_L1 ? ""_L1 : "http://"_L1;
    return {m_client.home().hostAndPort(), scheme + server.hostAndPort()};
}

FetchTokenJob *RegistryAuthorizer::sharedFetch(const QStringList &scopes)
{
    if (FetchTokenJob *running = m_fetches.value(scopes))
        return running;
    TokenRequest request = m_tokenServer;
    request.scopes = scopes;
    request.credentials = m_credentials;
    const TokenServer server{m_tokenServer.realm, m_tokenServer.service};
    if (!m_renewed.identityToken.isEmpty() && m_renewed.server == server)
        request.credentials.identityToken = m_renewed.identityToken;
    auto *fetch = new FetchTokenJob(m_client, request, this);
    m_fetches.insert(scopes, fetch);
    if (needsTrial())
        m_trial = fetch;
    fetch->then(this, [this, fetch, scopes, server](const Result<Token> &token) {
        if (m_fetches.value(scopes) != fetch)
            return; // Another account by now.
        m_fetches.remove(scopes);
        if (token)
            keep(*token, scopes, server);
        if (m_trial == fetch)
            handleTrial(token ? nullptr : &token.error());
        else if (!token && token.error().kind == Error::Kind::Unauthorized)
            m_isProven = false; // It may have been changed; the next one has to try it again.
    });
    fetch->start();
    return fetch;
}

void RegistryAuthorizer::keep(const Token &token, const QStringList &scopes,
                              const TokenServer &server)
{
    m_tokens.insert(scopes, token);
    if (!token.identityToken.isEmpty() && !m_credentials.identityToken.isEmpty())
        m_renewed = {server, token.identityToken};
}

} // namespace Longshore
