// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesource.h"
#include "core/base/resultjob.h"
#include "core/registry/uploadsession.h"

namespace Longshore {

/// Some bytes of a blob, which follow those that the registry has.
struct BlobPart
{
    qint64 offset = 0;
    std::shared_ptr<ByteSource> source;
};

/// PATCH that adds a part to an upload. OCI distribution-spec, "Pushing a blob in chunks". A registry
/// that refuses the part because it stands elsewhere, and says where, is as good as one that took it.
class SendBlobPartJob final : public ResultJob<UploadSession>
{
    Q_OBJECT

public:
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
