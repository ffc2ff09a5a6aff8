// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"

namespace Longshore {

class HttpClient;

/// GET /v2/ without signing in, for somebody who wants to know how to before a body is sent: gives
/// the challenge as it stands, empty when the registry makes none. OCI distribution-spec,
/// "Determining Support"; RFC 9110, 11.6.1. Fails as HttpJob, where nobody knows by now either.
class AskForChallengeJob final : public ResultJob<QByteArray>
{
    Q_OBJECT

public:
    /// Asks the home of \a client, once.
    explicit AskForChallengeJob(HttpClient &client, QObject *parent = nullptr);

private:
    void doStart() override;

    HttpClient &m_client;
};

} // namespace Longshore
