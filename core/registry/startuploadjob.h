// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/uploadsession.h"

namespace Longshore {

/// What became of the wish to upload a blob.
struct StartedUpload
{
    bool isMounted = false; ///< It is there by now, from another repository; there is no session.
    UploadSession session = {}; ///< To be finished, or given up by CancelUploadJob.
};

/// POST that begins an upload. With a blob to mount, it asks the registry to take that from another
/// repository first; where it will not, or does not know how, an upload is what comes out. OCI
/// distribution-spec, "Pushing blobs" and "Mounting a blob from another repository". Fails as
/// HttpJob, and as readUploadSession(); a lost answer costs one more request.
class StartUploadJob final : public ResultJob<StartedUpload>
{
    Q_OBJECT

public:
    /// A blob that another repository of the same registry may have.
    struct Mount
    {
        Digest digest; ///< Of the blob.
        /// Without one, the registry may look for the blob by itself.
        std::optional<RepositoryName> from = {};
    };

    /// Asks for the right to push, and to pull from the other repository; a token server may refuse
    /// the latter without harm.
    StartUploadJob(HttpClient &client, const UploadTarget &target,
                   const std::optional<Mount> &mount = {}, QObject *parent = nullptr);

private:
    void doStart() override;
    void request(const std::optional<Mount> &mount);
    void handleFailure(const Error &error, bool wasMount);
    void handleAnswer(const HttpResponse &response, bool wasMount);

    HttpClient &m_client;
    UploadTarget m_target;
    std::optional<Mount> m_mount;
    bool m_hasAskedAgain = false;
};

} // namespace Longshore
