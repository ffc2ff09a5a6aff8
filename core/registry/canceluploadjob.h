// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/uploadsession.h"

namespace Longshore {

/// DELETE of an upload that nobody goes on with. OCI distribution-spec, "Cancel a blob upload".
/// Belongs to the connection, so that it outlives what was cancelled; what becomes of it matters to
/// nobody, because registries also forget uploads by themselves.
class CancelUploadJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// Belongs to \a client at once.
    CancelUploadJob(HttpClient &client, const UploadTarget &target, const UploadSession &session);

private:
    void doStart() override;

    HttpClient &m_client;
    UploadTarget m_target;
    UploadSession m_session;
};

} // namespace Longshore
