// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cleanup/restoreplan.h"
#include "core/transfer/blobcontent.h"

namespace Longshore {

class RegistrySession;

/// Brings a blob out of a backup into a repository, and makes sure that the registry can hand it out
/// then. Where the registry believes that it has the blob, it is not asked: it would say so again.
///
/// Fails as SliceContent and UploadBlobJob; as Protocol when the registry took it and does not have
/// it.
class RestoreBlobJob final : public ResultJob<Done>
{
    Q_OBJECT

public:
    /// \a plan says where to, and where the backup is. \a session must outlive the job.
    RestoreBlobJob(RegistrySession &session, const RestorePlan &plan, const BlobToRestore &blob,
                   QObject *parent = nullptr);

private:
    using Content = std::shared_ptr<BlobContent>;

    void doStart() override;
    void upload(const Content &content);
    void sendUnasked(const Content &content);
    void check();

    RegistrySession &m_session;
    const RepositoryName m_repository;
    const QString m_folder;
    const BlobToRestore m_blob;
};

} // namespace Longshore
