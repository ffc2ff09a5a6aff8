// SPDX-License-Identifier: Apache-2.0
#include "core/auth/partsauthorizer.h"

#include "core/http/httprequest.h"

using namespace Qt::StringLiterals;

namespace Longshore {

/// "team/app" of "repository:team/app:pull".
static QString repositoryOf(const HttpRequest &request)
{
    const QString scope = request.scopes.value(0);
    return scope.startsWith("repository:"_L1) ? scope.section(u':', 1, -2) : QString();
}

PartsAuthorizer::PartsAuthorizer(HttpClient &client, QObject *parent)
    : QObject(parent), m_client(client), m_whole(client)
{}

void PartsAuthorizer::setAccount(const FoundCredentials &account)
{
    m_account = account;
    m_whole.setCredentials(account.credentials);
    for (const auto &[prefix, authorizer] : m_parts)
        authorizer->setCredentials({});
    for (const PartCredentials &part : account.parts)
        partOf(part.prefix).setCredentials(part.credentials);
}

RegistryAuthorizer &PartsAuthorizer::partOf(const QString &prefix)
{
    auto &part = m_parts[prefix];
    if (!part) {
        part = std::make_unique<RegistryAuthorizer>(m_client);
        part->shareVerdictsWith(m_whole); // It is one question for all of them.
        if (m_challenge)
            part->rememberChallenge(*m_challenge);
    }
    return *part;
}

const PartCredentials *PartsAuthorizer::partFor(const HttpRequest &request) const
{
    const QString repository = repositoryOf(request);
    return repository.isEmpty() ? nullptr : m_account.partFor(repository);
}

RegistryAuthorizer &PartsAuthorizer::chosenFor(const HttpRequest &request)
{
    const PartCredentials *part = partFor(request);
    return part ? partOf(part->prefix) : m_whole;
}

void PartsAuthorizer::rememberChallenge(const QByteArray &header)
{
    m_challenge = header;
    m_whole.rememberChallenge(header);
    for (const auto &[prefix, authorizer] : m_parts)
        authorizer->rememberChallenge(header);
}

ResultJob<Secret> *PartsAuthorizer::authorize(const HttpRequest &request)
{
    return chosenFor(request).authorize(request);
}

ResultJob<Secret> *PartsAuthorizer::answerChallenge(const HttpRequest &request,
                                                    const HttpResponse &refusal,
                                                    const Secret &refused)
{
    return chosenFor(request).answerChallenge(request, refusal, refused);
}

bool PartsAuthorizer::canSignIn(const HttpRequest &request) const
{
    const PartCredentials *part = partFor(request);
    return (part ? *m_parts.at(part->prefix) : m_whole).canSignIn(request);
}

Error PartsAuthorizer::explainRefusal(const HttpRequest &request, const Error &refusal,
                                      const Secret &refused)
{
    return chosenFor(request).explainRefusal(request, refusal, refused);
}

} // namespace Longshore
