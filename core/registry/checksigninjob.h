// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"

#include <QUrl>

namespace Longshore {

class HttpClient;

/// GET /v2/ with the credentials: whether the registry knows them. Fails as Unauthorized when it does
/// not, else as HttpJob.
class CheckSignInJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// \a url is RegistryUrls::ping().
    CheckSignInJob(HttpClient &client, const QUrl &url, QObject *parent = nullptr)
        : ResultJob(parent), m_client(client), m_url(url)
    {}

private:
    void doStart() override;

    HttpClient &m_client;
    QUrl m_url;
};

} // namespace Longshore
