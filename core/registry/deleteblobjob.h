// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/uploadsession.h"

namespace Longshore {

/// DELETE of a blob. OCI distribution-spec, "Deleting blobs". Breaks every image of the repository
/// that is made of it.
///
/// When the answer is lost the registry is asked what became of it. Fails as HttpJob; as
/// Unsupported where deletion is turned off, as Network when the blob is still there after a lost
/// answer.
class DeleteBlobJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// Asks for the right to delete in the repository of \a target.
    DeleteBlobJob(HttpClient &client, const UploadTarget &target, const Digest &digest,
                  QObject *parent = nullptr);

private:
    void doStart() override;
    void handleFailure(const Error &error);
    void askWhatHappened(const Error &lost);

    HttpClient &m_client;
    UploadTarget m_target;
    Digest m_digest;
};

} // namespace Longshore
