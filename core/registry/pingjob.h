// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/registryurls.h"

namespace Longshore {

class HttpClient;
struct HttpResponse;

/// What a registry says of itself to somebody it does not know.
struct PingAnswer
{
    /// What it asks for; Unsupported is a scheme that we cannot answer.
    enum class SignIn { NotNeeded, Basic, Bearer, Unsupported };

    SignIn signIn = SignIn::NotNeeded; ///< For the ping; other requests may ask all the same.
    QString apiVersion; ///< As announced, "registry/2.0"; often empty.
    QString realm; ///< The token server's address, for Bearer.
    /// As the registry asked, for RegistryAuthorizer; empty when it did not. RFC 9110, 11.6.1.
    QByteArray challenge = {};
    QByteArray server = {}; ///< What it says it is, "Nexus/3.70"; often empty. RFC 9110, 10.2.4.
};

/// GET /v2/ without signing in. OCI distribution-spec, "Determining Support". Fails as HttpJob, and
/// as Protocol when something else than a registry answers. That it asks for a sign-in is no
/// failure.
class PingJob final : public ResultJob<PingAnswer>
{
    Q_OBJECT

public:
    /// Sends no credentials, whatever \a client has.
    PingJob(HttpClient &client, const RegistryUrls &urls, QObject *parent = nullptr);

    /// How often a registry is asked that answers, but is too busy for it; once by default.
    void setAttempts(int attempts) { m_attempts = attempts; }

private:
    void doStart() override;
    void ask();
    void handleAnswer(const Result<HttpResponse> &response);
    [[nodiscard]] bool asksAgain(const Error &error);

    HttpClient &m_client;
    RegistryUrls m_urls;
    int m_attempts = 1;
    int m_attempt = 1;
};

} // namespace Longshore
