// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/registryurls.h"

namespace Longshore {

class HttpClient;

/// What a registry says of itself to somebody it does not know.
struct PingAnswer
{
    enum class SignIn { NotNeeded, Basic, Bearer, Unsupported };

    SignIn signIn = SignIn::NotNeeded;
    QString apiVersion; ///< As announced, "registry/2.0"; often empty.
    QString realm; ///< The token server's address, for Bearer.
};

/// GET /v2/ without signing in. OCI distribution-spec, "Determining Support".
class PingJob final : public ResultJob<PingAnswer>
{
    Q_OBJECT

public:
    PingJob(HttpClient &client, const RegistryUrls &urls, QObject *parent = nullptr);

private:
    void doStart() override;

    HttpClient &m_client;
    RegistryUrls m_urls;
};

} // namespace Longshore
