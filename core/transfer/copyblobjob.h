// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/session.h"
#include "core/transfer/imagecopy.h"
#include "core/transfer/uploadblobjob.h"

namespace Longshore {

/// A blob somewhere, and the repository that it shall be in.
struct BlobCopy
{
    RepositoryName from; ///< Where it is.
    RepositoryName to; ///< Where it shall be.
    Descriptor blob; ///< Its size must be right.
    bool tryMount = false; ///< From the other repository, which is of the same registry then.
    /// Of the file in which it is kept on its way, when it does not lie in one already. Removed at
    /// the end, if the folder is still there.
    QString spoolPath;
};

/// Brings a blob from one place into a repository: takes it from another one there, else sends it
/// from the file that holds it, else fetches it into a file first. It is verified on its way.
/// Progress is in bytes of the blob.
///
/// Fails as the source does, as SliceContent and DownloadBlobJob, and as UploadBlobJob.
class CopyBlobJob final : public ResultJob<UploadedBlob>
{
    Q_OBJECT

public:
    /// \a source must outlive the job; it ends as cancelled when \a target goes.
    CopyBlobJob(Session &source, RegistrySession &target, const BlobCopy &wanted,
                QObject *parent = nullptr);

private:
    void doStart() override;
    void mount();
    void verifyMount();
    void send();
    void fetch();
    void openFetched();
    void upload(std::shared_ptr<BlobContent> content, qint64 done);
    void removeFetched(const UploadedBlob &uploaded);

    Session &m_source;
    QPointer<RegistrySession> m_target;
    const BlobCopy m_wanted;
    bool m_hasStartedOver = false; ///< When it was fetched.
};

} // namespace Longshore
