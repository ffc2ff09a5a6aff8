// SPDX-License-Identifier: Apache-2.0
#include "core/auth/answerjobs.h"
#include "core/auth/registryauthorizer.h"
#include "core/base/settledjob.h"
#include "core/http/httpclient.h"

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
    const Origin server = Origin::of(m_tokenServer.realm);
    if (!isAdmitted() && !m_verdicts.contains(server))
        return new LaterAnswerJob(
            questionAbout(server), [this, scopes] { return tokenFor(scopes); }, this);
    if (!isAdmitted())
        return known(m_verdicts.value(server, Done()).error());
    if (m_trial && !m_fetches.contains(scopes))
        return new LaterAnswerJob(
            m_trial, [this, scopes] { return tokenFor(scopes); }, this);
    return new AwaitTokenJob(sharedFetch(scopes), this);
}

/// Whether what there is to be told may be told to the token server; of one that was refused the
/// registry may name another by now, and is asked without a token.
bool RegistryAuthorizer::isAdmitted() const
{
    const Origin server = Origin::of(m_tokenServer.realm);
    return m_credentials.isEmpty() || isSameSite(server.host, m_client.home().host)
           || (m_verdicts.contains(server) && m_verdicts.value(server, Done()));
}

/// One question at a time; the others wait for its answer, and then look whether it was theirs.
Job *RegistryAuthorizer::questionAbout(const Origin &server)
{
    if (m_question)
        return m_question;
    const TokenServerQuestion question{m_client.home().hostAndPort(), server.hostAndPort()};
    auto *job =
        m_consent ? m_consent->ask(question) : new SettledJob<Done>(tokenServerRefused(question));
    job->setParent(this);
    m_question = job;
    job->then(this, [this, server](const Result<Done> &verdict) {
        m_question.clear();
        m_verdicts.insert(server, verdict);
    });
    job->start();
    return job;
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
