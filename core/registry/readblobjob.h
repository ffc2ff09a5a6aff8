// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesink.h"
#include "core/base/resultjob.h"
#include "core/oci/reference.h"
#include "core/registry/registryurls.h"

#include <memory>

namespace Longshore {

class HttpClient;

/// GET of a blob of any size, streamed into a sink in a network thread. OCI distribution-spec,
/// "Pulling blobs"; RFC 9110, 14 for the part behind an offset.
///
/// The sink learns where the answer really begins: a server may ignore the offset. Nothing is
/// verified: Session::readBlob() does that. Fails as HttpJob and as the sink does. Progress is in bytes of this answer.
class ReadBlobJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// \a url is that of RegistryUrls::blob(), \a scope the right to pull it. \a offset is in
    /// bytes.
    ReadBlobJob(HttpClient &client, const QUrl &url, const QString &scope,
                std::shared_ptr<ByteSink> sink, qint64 offset);

private:
    void doStart() override;

    HttpClient &m_client;
    QUrl m_url;
    QString m_scope;
    std::shared_ptr<ByteSink> m_sink;
    qint64 m_offset;
};

} // namespace Longshore
