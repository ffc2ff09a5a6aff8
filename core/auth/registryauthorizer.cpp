// SPDX-License-Identifier: Apache-2.0
#include "core/auth/registryauthorizer.h"

#include "core/auth/answerjobs.h"
#include "core/auth/trypasswordjob.h"
#include "core/base/displaytext.h"
#include "core/base/logging.h"
#include "core/base/settledjob.h"
#include "core/http/httpclient.h"
#include "core/http/httpjob.h"

namespace Longshore {

namespace {

const AuthChallenge *find(const QList<AuthChallenge> &challenges, const char *scheme)
{
    for (const AuthChallenge &challenge : challenges) {
        if (challenge.scheme == scheme)
            return &challenge;
    }
    return nullptr;
}

} // namespace

RegistryAuthorizer::RegistryAuthorizer(HttpClient &client, QObject *parent)
    : QObject(parent), m_client(client)
{}

void RegistryAuthorizer::setCredentials(const Credentials &credentials)
{
    m_credentials = credentials;
    m_isRejected = false;
    m_isProven = false;
    m_trial.clear();
    m_renewed = {};
    m_tokens.clear();
    m_fetches.clear();
    m_verdicts.clear();
    if (m_scheme == Scheme::Basic)
        m_scheme = Scheme::Unknown; // The new password waits to be asked for.
}

void RegistryAuthorizer::rememberChallenge(const QByteArray &header)
{
    const auto challenges = parseChallenges(header);
    const AuthChallenge *bearer = find(challenges, "bearer");
    const AuthChallenge *challenge = bearer ? bearer : find(challenges, "basic");
    if (!challenge || !m_lastChallenge.scheme.isEmpty())
        return; // What it asked of us counts more.
    m_lastChallenge = *challenge;
    m_lastChallenge.parameters.remove("scope");
}

Error RegistryAuthorizer::rejected() const
{
    return {Error::Kind::Unauthorized, rejectionText(m_credentials), {}, 401};
}

ResultJob<Secret> *RegistryAuthorizer::known(const Result<Secret> &answer)
{
    return new SettledJob<Secret>(answer, this);
}

ResultJob<Secret> *RegistryAuthorizer::refuse(Error::Kind kind, const QString &message,
                                              const QString &detail)
{
    return known(Error{kind, message, displayText(detail), 401});
}

ResultJob<Secret> *RegistryAuthorizer::authorize(const HttpRequest &request)
{
    if (m_isRejected)
        return known(rejected());
    if (m_scheme != Scheme::Unknown && !m_credentials.registryToken.isEmpty())
        return known(m_credentials.registryTokenHeader());
    if (m_scheme == Scheme::Bearer && (isAdmitted() || m_tokens.find(request.scopes)))
        return tokenFor(request.scopes);
    if (m_scheme == Scheme::Basic && m_credentials.hasPassword())
        return basic();
    // A body is not sent to somebody who is known to refuse it first.
    const bool hasBody = !request.body.isEmpty() || request.source;
    if (m_scheme == Scheme::Unknown && hasBody && !m_credentials.isEmpty()
        && !m_lastChallenge.scheme.isEmpty())
        return answerChallenge(request, {}, {});
    return known(Secret());
}

ResultJob<Secret> *RegistryAuthorizer::answerChallenge(const HttpRequest &request,
                                                       const HttpResponse &refusal,
                                                       const Secret &refused)
{
    if (m_isRejected)
        return known(rejected());
    auto challenges = parseChallenges(refusal.headers.value("WWW-Authenticate"));
    if (challenges.isEmpty() && !m_lastChallenge.scheme.isEmpty())
        challenges.append(m_lastChallenge);
    if (!m_credentials.registryToken.isEmpty())
        return answerWithRegistryToken(refused);
    const AuthChallenge *bearer = find(challenges, "bearer");
    if (bearer && !bearer->parameters.value("realm").isEmpty())
        return answerBearer(*bearer, request, refused);
    if (const AuthChallenge *basic = find(challenges, "basic")) {
        m_lastChallenge = *basic;
        return answerBasic(request, refused);
    }
    if (bearer && bearer->parameters.contains("realm"))
        return refuseTokenServer({});
    QStringList offered;
    for (const AuthChallenge &challenge : challenges)
        offered.append(QString::fromLatin1(challenge.scheme));
    return refuse(Error::Kind::Unauthorized,
                  tr("The server asks for a sign-in in a way that is not supported."),
                  offered.join(QStringLiteral(", ")));
}

ResultJob<Secret> *RegistryAuthorizer::answerWithRegistryToken(const Secret &refused)
{
    m_scheme = Scheme::Bearer;
    const Secret header = m_credentials.registryTokenHeader();
    m_isRejected = refused == header; // There is no other to be had.
    return m_isRejected ? known(rejected()) : known(header);
}

ResultJob<Secret> *RegistryAuthorizer::refuseTokenServer(const QUrl &realm)
{
    return refuse(Error::Kind::Policy,
                  tr("The server names a token server that must not be asked."),
                  loggableUrl(realm));
}

ResultJob<Secret> *RegistryAuthorizer::answerBasic(const HttpRequest &request,
                                                   const Secret &refused)
{
    m_scheme = Scheme::Basic;
    if (!m_credentials.hasPassword()) // An identity token is for a token server only.
        return refuse(Error::Kind::Unauthorized,
                      tr("The server asks for a user name and a password."));
    if (refused == m_credentials.basicHeader()) {
        m_isRejected = !m_isProven;
        return m_isRejected
                   ? known(rejected())
                   : refuse(Error::Kind::Unauthorized, tr("The server refuses this to user %1.")
                                                           .arg(quotedText(m_credentials.user)));
    }
    if (needsTrial() && !m_trial)
        tryPassword(request.url);
    return basic();
}

ResultJob<Secret> *RegistryAuthorizer::basic()
{
    if (m_trial)
        return new LaterAnswerJob(
            m_trial, [this] { return basic(); }, this);
    return m_isRejected ? known(rejected()) : known(m_credentials.basicHeader());
}

void RegistryAuthorizer::tryPassword(const QUrl &url)
{
    auto *trial = new TryPasswordJob(m_client, url, m_credentials, this);
    m_trial = trial;
    trial->then(this, [this, trial](const Result<Done> &result) {
        if (m_trial == trial)
            handleTrial(result ? nullptr : &result.error());
    });
    trial->start();
}

void RegistryAuthorizer::handleTrial(const Error *error)
{
    m_trial.clear();
    m_isProven = !error;
    m_isRejected = error && error->kind == Error::Kind::Unauthorized;
}

Error RegistryAuthorizer::explainRefusal(const Error &refusal, const Secret &refused)
{
    const bool isReadyToken = !m_credentials.registryToken.isEmpty();
    if (isReadyToken && refused == m_credentials.registryTokenHeader()) {
        m_isRejected = true;
        return rejected();
    }
    // Its token server has taken the sign-in: the account is good, and lacks the right.
    const bool isToken = refused.reveal().startsWith("Bearer ");
    if (isToken && m_isProven && !m_credentials.user.isEmpty())
        return {Error::Kind::Forbidden,
                tr("The server refuses this to user %1.").arg(quotedText(m_credentials.user)),
                refusal.detail, refusal.httpStatus, refusal.serverCode};
    if (m_isProven || m_credentials.isEmpty() || refused != m_credentials.basicHeader())
        return refusal;
    m_isRejected = true;
    return rejected();
}

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
