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
/// "Pulling blobs".
class FetchBlobJob final : public ResultJob<QByteArray>
{
    Q_OBJECT

public:
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
