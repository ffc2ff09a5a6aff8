// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/uploadsession.h"

namespace Longshore {

/// GET of an upload: what the registry has of it, and where it goes on. OCI distribution-spec,
/// "Pushing a blob in chunks". Fails as HttpJob; as NotFound when the registry has given up the
/// upload.
class QueryUploadJob final : public ResultJob<UploadSession>
{
    Q_OBJECT

public:
    /// \a session is what the last answer said; without a location in this one it goes on there.
    QueryUploadJob(HttpClient &client, const UploadTarget &target, const UploadSession &session,
                   QObject *parent = nullptr);

private:
    void doStart() override;

    HttpClient &m_client;
    UploadTarget m_target;
    UploadSession m_session;
};

} // namespace Longshore
