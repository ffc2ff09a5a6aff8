// SPDX-License-Identifier: Apache-2.0
#include "core/auth/registryauthorizer.h"

#include "core/auth/answerjobs.h"
#include "core/auth/askforchallengejob.h"
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
    m_wasAsked = false;
    m_trial.clear();
    m_renewed = {};
    m_tokens.clear();
    m_fetches.clear();
    m_verdicts->forget();
    if (m_scheme == Scheme::Basic)
        m_scheme = Scheme::Unknown; // The new password waits to be asked for.
}

void RegistryAuthorizer::rememberChallenge(const QByteArray &header)
{
    m_knowsChallenge = true;
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

std::optional<Error> RegistryAuthorizer::objection() const
{
    return m_isRejected ? rejected() : objectionTo(m_credentials);
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
    const bool hasBody = !request.body.isEmpty() || request.source;
    if (m_isRejected && !m_wasAsked && !hasBody)
        return known(Secret()); // What was let through without a sign-in may be still.
    if (const auto objection = this->objection())
        return known(*objection);
    if (m_scheme != Scheme::Unknown && !m_credentials.registryToken.isEmpty())
        return known(m_credentials.registryTokenHeader());
    if (m_scheme == Scheme::Bearer && (isAdmitted() || m_tokens.find(request.scopes)))
        return tokenFor(request.scopes);
    if (m_scheme == Scheme::Basic && m_credentials.hasPassword())
        return basic();
    return m_scheme == Scheme::Unknown && hasBody ? authorizeBody(request) : known(Secret());
}

/// A body is not sent to somebody who would refuse it first.
ResultJob<Secret> *RegistryAuthorizer::authorizeBody(const HttpRequest &request)
{
    const bool isWorthAsking = !m_credentials.isEmpty() || request.source;
    if (!m_knowsChallenge && isWorthAsking) {
        if (!m_inquiry)
            askForChallenge();
        return new LaterAnswerJob(
            m_inquiry, [this, request] { return authorize(request); }, this);
    }
    // Some let in without a password whom they ask for one elsewhere.
    const bool isFutile = m_lastChallenge.scheme.isEmpty()
                          || (m_lastChallenge.scheme == "basic" && m_credentials.isEmpty());
    return isFutile ? known(Secret()) : answerChallenge(request, {}, {});
}

void RegistryAuthorizer::askForChallenge()
{
    auto *job = new AskForChallengeJob(m_client, this);
    m_inquiry = job;
    job->then(this, [this](const Result<QByteArray> &challenge) {
        m_inquiry.clear();
        rememberChallenge(challenge ? *challenge : QByteArray());
    });
    job->start();
}

ResultJob<Secret> *RegistryAuthorizer::answerChallenge(const HttpRequest &request,
                                                       const HttpResponse &refusal,
                                                       const Secret &refused)
{
    m_wasAsked = m_wasAsked || refusal.status == 401;
    if (const auto objection = this->objection())
        return known(*objection);
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

bool RegistryAuthorizer::canSignIn(const HttpRequest &) const
{
    const bool isWayKnown =
        !m_lastChallenge.scheme.isEmpty() || !m_credentials.registryToken.isEmpty();
    return !m_credentials.isEmpty() && !m_isRejected && isWayKnown;
}

Error RegistryAuthorizer::explainRefusal(const HttpRequest &, const Error &refusal,
                                         const Secret &refused)
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

} // namespace Longshore
