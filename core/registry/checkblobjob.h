// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/registry/registryurls.h"

namespace Longshore {

class HttpClient;

/// Whether a registry can hand out a blob.
enum class BlobCondition {
    Readable, ///< It has sent the first byte.
    Absent, ///< It says itself that there is no such blob.
    Unreadable, ///< It says that there is one, and cannot send it, or it has another size.
};

/// Looks whether a blob is really there: by HEAD, and then by a GET of its first byte, because a
/// registry may answer HEAD out of a cache that does not know what garbage collection has removed
/// (distribution #3254). RFC 9110, 14.2. Fails as HttpJob, except where that says it about the blob.
class CheckBlobJob final : public ResultJob<BlobCondition>
{
    Q_OBJECT

public:
    /// \a url is that of RegistryUrls::blob(), \a scope the right to pull it; \a size is what the
    /// blob should have, in bytes.
    CheckBlobJob(HttpClient &client, const QUrl &url, const QString &scope, qint64 size,
                 QObject *parent = nullptr);

private:
    void doStart() override;
    void readFirstByte();
    void askAgain(const Error &doubt);

    HttpClient &m_client;
    QUrl m_url;
    QString m_scope;
    qint64 m_size;
};

} // namespace Longshore
