// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/registryurls.h"

namespace Longshore {

class HttpClient;

/// What a registry says of itself to somebody it does not know.
struct PingAnswer
{
    /// What it asks for; Unsupported is a scheme that we cannot answer.
    enum class SignIn { NotNeeded, Basic, Bearer, Unsupported };

    SignIn signIn = SignIn::NotNeeded; ///< For the ping; other requests may ask all the same.
    QString apiVersion; ///< As announced, "registry/2.0"; often empty.
    QString realm; ///< The token server's address, for Bearer.
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

private:
    void doStart() override;

    HttpClient &m_client;
    RegistryUrls m_urls;
};

} // namespace Longshore
