// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesource.h"
#include "core/base/resultjob.h"
#include "core/registry/uploadsession.h"

namespace Longshore {

/// What a registry said when an upload was finished.
struct FinishedUpload
{
    /// Whether it named the blob by our digest; else it should be asked what it has.
    bool isConfirmed = false;
};

/// PUT that ends an upload, with all bytes of the blob or without any. OCI distribution-spec,
/// "POST then PUT" and "Pushing a blob in chunks". Fails as HttpJob. Progress is in bytes.
class FinishUploadJob final : public ResultJob<FinishedUpload>
{
    Q_OBJECT

public:
    /// \a body is null when everything has been sent. The job belongs to nobody until another
    /// adopts it.
    FinishUploadJob(HttpClient &client, const UploadTarget &target, const UploadSession &session,
                    const Digest &digest, std::shared_ptr<ByteSource> body);

private:
    void doStart() override;

    HttpClient &m_client;
    UploadTarget m_target;
    UploadSession m_session;
    Digest m_digest;
    std::shared_ptr<ByteSource> m_body;
};

} // namespace Longshore
