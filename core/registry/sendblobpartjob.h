// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesource.h"
#include "core/base/resultjob.h"
#include "core/registry/uploadsession.h"

namespace Longshore {

/// Some bytes of a blob, which follow those that the registry has.
struct BlobPart
{
    qint64 offset = 0; ///< In bytes: what the registry must have by then.
    std::shared_ptr<ByteSource> source; ///< Of at least one byte.
};

/// PATCH that adds a part to an upload. OCI distribution-spec, "Pushing a blob in chunks". A registry
/// that refuses the part because it stands elsewhere, and says where, is as good as one that took it.
/// Fails as HttpJob, and as readUploadSession(). Progress is in bytes of the part.
class SendBlobPartJob final : public ResultJob<UploadSession>
{
    Q_OBJECT

public:
    /// The session that comes of it is the one to go on with. Of a part that was taken it tells what
    /// the registry has only where that is more than before.
    SendBlobPartJob(HttpClient &client, const UploadTarget &target, const UploadSession &session,
                    const BlobPart &part, QObject *parent = nullptr);

private:
    void doStart() override;
    void handleAnswer(const HttpResponse &response);

    HttpClient &m_client;
    UploadTarget m_target;
    UploadSession m_session;
    BlobPart m_part;
};

} // namespace Longshore
