// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/credentials.h"
#include "core/base/resultjob.h"

#include <QUrl>

namespace Longshore {

class HttpClient;

/// Asks once for something that was refused without a password, so that many requests need not
/// find out at the same time that the password is wrong: servers lock accounts.
///
/// Fails as Unauthorized when the server refuses the password, and as HttpJob when it does not say.
class TryPasswordJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// \a url is asked by HEAD, and must be the registry's own.
    TryPasswordJob(HttpClient &client, const QUrl &url, const Credentials &credentials,
                   QObject *parent = nullptr);

private:
    void doStart() override;

    HttpClient &m_client;
    QUrl m_url;
    Credentials m_credentials;
};

} // namespace Longshore
