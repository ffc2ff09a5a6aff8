// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/registryurls.h"

namespace Longshore {

class HttpClient;
struct HttpRequest;

/// What a registry says of a blob without sending it.
struct BlobPresence
{
    bool exists = false; ///< The repository has it; others may have it all the same.
    qint64 size = -1; ///< In bytes; -1 when the registry does not tell.
};

/// HEAD of a blob, and where the registry does not know that, a GET whose body is not read. OCI
/// distribution-spec, "Checking if content exists in the registry". Fails as HttpJob; that the blob
/// is not there is an answer, and no failure.
class BlobExistsJob final : public ResultJob<BlobPresence>
{
    Q_OBJECT

public:
    /// \a url is that of RegistryUrls::blob(), \a scope the right to pull it.
    BlobExistsJob(HttpClient &client, const QUrl &url, const QString &scope,
                  QObject *parent = nullptr);

private:
    void doStart() override;
    void askByGet();
    [[nodiscard]] HttpRequest request() const;

    HttpClient &m_client;
    QUrl m_url;
    QString m_scope;
};

} // namespace Longshore
