// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/archivecontents.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/exportimagejob.h"
#include "core/transfer/transferphase.h"

namespace Longshore {

/// Images, and the file that they shall be in.
struct ArchiveExport
{
    /// How the archive is made.
    enum class Form {
        Oci, ///< Everything as it is stored; also for Docker where that is possible.
        Docker, ///< Images for one platform each, their layers as plain tars.
        Root, ///< The files of one image for one platform, as its containers see them.
        RootFolder, ///< The same as a folder, which is never replaced.
    };

    QList<NamedImage> images; ///< What to export; at least one.
    Form form = Form::Oci; ///< See ociArchive(), dockerArchive() and writeMergedTar().
    QString file; ///< The archive, or that folder.
    SafeFile::Existing existing = SafeFile::Existing::Keep; ///< What becomes of such a file.
    QString earlier = {}; ///< The path of an export whose blobs are left out; only for Form::Oci.
    bool withChecksums = false; ///< Whether they are beside the file, and the list of its contents.
};

/// Exports images into one file.
///
/// Blobs wait in a hidden folder beside the file until it is written, so that what was broken off is
/// completed when it is started again, also when the file had its name by then. The archive has its name only when it is whole. Progress is in
/// bytes of blobs. Fails with Error::Kind::LocalFile, before blobs are fetched, where the file is
/// there already or the disk has not enough room for blobs and archive; with
/// Error::Kind::InvalidInput where any form but Form::Oci would have to hold several platforms, and
/// with Error::Kind::Unsupported where it would lack layers; else as ReadImageSetJob, DownloadBlobsJob,
/// ReadLayerContentsJob and packImages().
class ExportArchiveJob final : public ResultJob<ExportedImage>, public PhasedJob
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ExportArchiveJob(Session &session, const ArchiveExport &wanted, QObject *parent = nullptr);
    ~ExportArchiveJob() override;

    [[nodiscard]] TransferPhase phase() const override { return m_phase; }

private:
    void doStart() override;
    void releaseResources() override { m_stage->leave(); }
    void findImages();
    void choosePlatforms(const ImageSet &set);
    void finishWhatIsPacked();
    void readContents();
    void checkRoom();
    void fetchBlobs();
    void pack();
    void conclude(const QStringList &deviations);

    Session &m_session;
    const ArchiveExport m_wanted;
    const std::shared_ptr<BlobStage> m_stage;
    ImageSet m_set; ///< Once it is known what the images are.
    QMap<qsizetype, QList<LayerContent>> m_layers; ///< Of each of them; only for Docker.
    DownloadedBlobs m_blobs; ///< Once they are in the stage.
    TransferPhase m_phase = TransferPhase::Looking;
};

} // namespace Longshore
