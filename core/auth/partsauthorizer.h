// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentialsource.h"
#include "core/auth/registryauthorizer.h"

#include <map>
#include <memory>

namespace Longshore {

/// Answers the challenges of one registry for several accounts: for each request that of the part
/// which its repository belongs to, else that for the whole registry.
///
/// The repository is what the first of HttpRequest::scopes names, and nothing that a server says; a
/// request without one is for nobody's part. containers-auth.json(5).
class PartsAuthorizer final : public QObject, public RequestAuthorizer
{
    Q_OBJECT

public:
    /// As RegistryAuthorizer; nobody is signed in.
    explicit PartsAuthorizer(HttpClient &client, QObject *parent = nullptr);

    /// Signs in anew, as RegistryAuthorizer::setCredentials() says.
    void setAccount(const FoundCredentials &account);
    /// Who is signed in where.
    [[nodiscard]] const FoundCredentials &account() const noexcept { return m_account; }
    /// @{
    /// For all accounts, as RegistryAuthorizer says.
    void setTokenServerConsent(const std::shared_ptr<TokenServerConsent> &consent)
    {
        m_whole.setTokenServerConsent(consent); // Of which the parts have it.
    }
    void rememberChallenge(const QByteArray &header);
    /// @}

    ResultJob<Secret> *authorize(const HttpRequest &request) override;
    ResultJob<Secret> *answerChallenge(const HttpRequest &request, const HttpResponse &refusal,
                                       const Secret &refused) override;
    [[nodiscard]] bool canSignIn(const HttpRequest &request) const override;
    [[nodiscard]] Error explainRefusal(const HttpRequest &request, const Error &refusal,
                                       const Secret &refused) override;

private:
    [[nodiscard]] const PartCredentials *partFor(const HttpRequest &request) const;
    [[nodiscard]] RegistryAuthorizer &chosenFor(const HttpRequest &request);
    [[nodiscard]] RegistryAuthorizer &partOf(const QString &prefix);

    HttpClient &m_client;
    FoundCredentials m_account;
    RegistryAuthorizer m_whole;
    /// By prefix. Those that are not needed any more stay: somebody may wait for their answers.
    std::map<QString, std::unique_ptr<RegistryAuthorizer>> m_parts;
    std::optional<QByteArray> m_challenge; ///< That is remembered.
};

} // namespace Longshore
