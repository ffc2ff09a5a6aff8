// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/registryurls.h"

namespace Longshore {

class HttpClient;

/// What a registry says of a blob without sending it.
struct BlobPresence
{
    bool exists = false;
    qint64 size = -1; ///< In bytes; -1 when the registry does not tell.
};

/// HEAD of a blob. OCI distribution-spec, "Checking if content exists in the registry".
class BlobExistsJob final : public ResultJob<BlobPresence>
{
    Q_OBJECT

public:
    BlobExistsJob(HttpClient &client, const QUrl &url, const QString &scope,
                  QObject *parent = nullptr);

private:
    void doStart() override;

    HttpClient &m_client;
    QUrl m_url;
    QString m_scope;
};

} // namespace Longshore
