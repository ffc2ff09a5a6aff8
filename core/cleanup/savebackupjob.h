// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/resultjob.h"
#include "core/cleanup/deletionreport.h"
#include "core/session/readmanifestsjob.h"

namespace Longshore {

/// Saves what a deletion would take away, before it does: the raw bytes of every manifest that
/// goes, of everything that indexes among them are made of, and of their configurations, and which
/// tag pointed to what. The layers only when the plan says so.
///
/// The folder is an OCI image layout, which other tools can read, with longshore-backup.json beside
/// it; readBackup() reads them again. When this succeeds everything is on the disk, checked against
/// its digest. Fails as FetchManifestJob, OciLayoutWriter and DownloadBlobsJob; as Changed when a manifest is called
/// something else by now, as TooLarge when indexes lie more than eight deep. What was written by then
/// is removed. Progress is in bytes of the layers.
///
/// What is not there any more fails it as NotFound, or is left out, for who then leaves it alone.
class SaveBackupJob final : public ResultJob<SavedBackup>
{
    Q_OBJECT

public:
    /// \a folder must not be there yet, or be empty. \a session must outlive the job.
    SaveBackupJob(Session &session, const DeletionPlan &plan, const QString &folder,
                  QObject *parent = nullptr);

    /// Before start(): what is not there any more is left out; SavedBackup::missing names it. Where that
    /// is all of it, nothing is written.
    void setLeavesOutMissing() { m_leavesOutMissing = true; }

    /// The folder of all backups, when nobody says otherwise.
    [[nodiscard]] static QString defaultPlace();
    /// Where a backup of a repository goes in there; a new name each time.
    [[nodiscard]] static QString defaultFolder(const QString &host,
                                               const RepositoryName &repository);

private:
    using Documents = QHash<Digest, QByteArray>;

    void doStart() override;
    void releaseResources() override;
    void leaveOutMissing(const Manifests &manifests);
    [[nodiscard]] std::optional<Error> objection(const Manifests &manifests) const;
    void fetchConfigs(const Manifests &manifests);
    void write();
    static Result<SavedBackup> writeTo(const QString &folder, const DeletionPlan &plan,
                                       const Documents &documents);
    void fetchLayers();
    void writeRecord();
    [[nodiscard]] QByteArray record() const;

    Session &m_session;
    DeletionPlan m_plan;
    QString m_folder;
    QStringList m_newFolders; ///< That are made for it, and the one that they are made in.
    Documents m_documents;
    QList<Descriptor> m_layers; ///< That shall be saved.
    SavedBackup m_saved;
    bool m_leavesOutMissing = false;
    bool m_isBegun = false; ///< Something of it is in the folder.
    bool m_isWhole = false; ///< With its record.
    QStringList m_manifests; ///< The digests of those that were read.
};

} // namespace Longshore
