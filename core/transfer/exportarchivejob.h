// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/archivecontents.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/exportimagejob.h"

namespace Longshore {

/// An image, and the file that it shall be in.
struct ArchiveExport
{
    /// How the archive is made.
    enum class Form {
        Oci, ///< Everything as it is stored; also for Docker where that is possible.
        Docker, ///< One image for one platform, its layers as plain tars.
    };

    ImageChoice image; ///< What to export.
    Form form = Form::Oci; ///< See ociArchive() and dockerArchive().
    QString file; ///< The archive.
    ArchiveNames names = {}; ///< What the archive calls the image.
    SafeFile::Existing existing = SafeFile::Existing::Keep; ///< What becomes of such a file.
};

/// Exports an image into one file.
///
/// Blobs wait in a hidden folder beside the file until it is written, so that what was broken off is
/// completed when it is started again. The archive has its name only when it is whole. Progress is in
/// bytes of blobs. Fails with Error::Kind::LocalFile, before blobs are fetched, where the file is
/// there already or the disk has not enough room for blobs and archive; with
/// Error::Kind::InvalidInput where a Docker archive would have to hold several platforms, and with
/// Error::Kind::Unsupported where it would lack layers; else as ReadImagePartsJob, DownloadBlobsJob,
/// ReadLayerContentsJob, inflatedSize() and writeArchive().
class ExportArchiveJob final : public ResultJob<ExportedImage>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ExportArchiveJob(Session &session, const ArchiveExport &wanted, QObject *parent = nullptr);
    ~ExportArchiveJob() override;

private:
    void doStart() override;
    void findImage();
    void chooseImage(const ImageParts &parts);
    void readContents(const Manifest &manifest);
    void checkRoom();
    void fetchBlobs();
    void pack();

    Session &m_session;
    const ArchiveExport m_wanted;
    const std::shared_ptr<BlobStage> m_stage;
    std::optional<ImageParts> m_parts; ///< Once it is known what the image is.
    QList<LayerContent> m_layers; ///< Only for Docker.
    qsizetype m_kept = 0; ///< Blobs that were in the stage already.
};

} // namespace Longshore
