// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/jobqueue.h"
#include "core/base/resultjob.h"
#include "core/oci/descriptor.h"
#include "core/registry/registryurls.h"

namespace Longshore {

class HttpClient;
struct HttpResponse;

/// GET of a small blob into memory, checked against digest and size. OCI distribution-spec,
/// "Pulling blobs". Fails as HttpJob; as TooLarge when the descriptor names more than 4 MiB, as
/// SizeMismatch or DigestMismatch when the bytes are not what it names.
class FetchBlobJob final : public ResultJob<QByteArray>
{
    Q_OBJECT

public:
    /// \a url is that of RegistryUrls::blob(), \a scope the right to pull it. At most 4 MiB.
    FetchBlobJob(HttpClient &client, const QUrl &url, const QString &scope, const Descriptor &blob,
                 JobQueue::Priority priority);

private:
    void doStart() override;
    void handleAnswer(const HttpResponse &response);

    HttpClient &m_client;
    QUrl m_url;
    QString m_scope;
    Descriptor m_blob;
    JobQueue::Priority m_priority;
};

} // namespace Longshore
