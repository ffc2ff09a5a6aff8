// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/workerjob.h"
#include "core/oci/descriptor.h"
#include "core/transfer/downloadblobjob.h"
#include "core/transfer/imageset.h"
#include "core/transfer/transferpart.h"

#include <QPointer>
#include <QSet>

namespace Longshore {

/// A blob, and the file that it shall be in.
struct WantedBlob
{
    Descriptor blob; ///< Its size counts for the progress, and must be right.
    QString path; ///< Of the file.
    /// Where it is, unless in the repository that all of them share.
    std::optional<RepositoryName> repository = {};

    friend bool operator==(const WantedBlob &, const WantedBlob &) = default;
};

/// The blobs of images, each in the file that \a paths says.
[[nodiscard]] QList<WantedBlob> wantedBlobs(const ImageSet &set, const BlobPaths &paths);

/// What it took to have all blobs.
struct DownloadedBlobs
{
    qsizetype kept = 0; ///< Files that were there, and are what they should be.
    qsizetype fetched = 0; ///< Files that are new.
    qint64 bytes = 0; ///< Of all of them.
    qsizetype startedOver = 0; ///< Of the new ones; see DownloadedBlob::hasStartedOver.
};

/// Brings several blobs to disk, each verified. A file that is there already and holds the right
/// content is kept, and so is a part of one, so that what was broken off is completed when it is
/// started again.
///
/// Progress is in bytes. Fails with the first error; what has arrived by then stays. Fails with
/// Error::Kind::LocalFile before anything is fetched where the disk has not enough room.
class DownloadBlobsJob final : public ResultJob<DownloadedBlobs>, public TransferParts
{
    Q_OBJECT

public:
    /// \a existing says what becomes of a file that holds something else; folders that are missing
    /// are made. \a session must outlive the job.
    DownloadBlobsJob(Session &session, const RepositoryName &repository,
                     const QList<WantedBlob> &wanted, SafeFile::Existing existing,
                     QObject *parent = nullptr);

    [[nodiscard]] QList<TransferPart> parts() const override;

private:
    struct Survey;

    void doStart() override;
    /// Where one has failed, the others let go at once of what they write.
    void releaseResources() override
    {
        if (m_downloads)
            m_downloads->cancel();
    }
    [[nodiscard]] static Result<Survey> surveyed(const QList<WantedBlob> &wanted,
                                                 const CancelFlag &cancelled);
    void sortOut(const Survey &survey);
    void fetch();
    [[nodiscard]] DownloadBlobJob *download(const WantedBlob &wanted);
    void noteArrival(const WantedBlob &wanted, const DownloadedBlob &blob);
    void noteProgress(const QString &path, qint64 done);

    Session &m_session;
    const RepositoryName m_repository;
    const QList<WantedBlob> m_wanted;
    const SafeFile::Existing m_existing;
    QSet<QString> m_present; ///< Paths of files that were there.
    QList<WantedBlob> m_missing;
    QPointer<Job> m_downloads; ///< Of those.
    QHash<QString, qint64> m_arrived; ///< In bytes, by path.
    qint64 m_done = 0; ///< In bytes, as the total.
    qint64 m_total = 0;
    qsizetype m_startedOver = 0; ///< Of those that have arrived.
};

} // namespace Longshore
