// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layout/directorywriter.h"
#include "core/transfer/exportimagejob.h"

namespace Longshore {

/// Exports an image into a folder as DirectoryWriter lays it out.
///
/// What the folder holds of the image stays and is checked before it counts, so that an export that
/// was broken off is completed when it is started again. Progress is in bytes of blobs. Fails with
/// Error::Kind::LocalFile, before blobs are fetched, where the folder holds anything else or the disk
/// has not enough room; else as ReadImagePartsJob and DownloadBlobsJob.
class ExportDirectoryJob final : public ResultJob<ExportedImage>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ExportDirectoryJob(Session &session, const ImageChoice &image, const QString &folder,
                       QObject *parent = nullptr);
    ~ExportDirectoryJob() override;

private:
    using Held = std::shared_ptr<HeldFolder>;

    void doStart() override;
    void releaseResources() override;
    void openFolder(const ImageParts &parts);
    void fetchBlobs(const ImageParts &parts);
    void finish();

    Session &m_session;
    const ImageChoice m_image;
    const QString m_folder;
    Held m_held; ///< Two exports into one folder would make one image of two.
    std::shared_ptr<DirectoryWriter> m_writer; ///< Once it is known what the image is.
    std::optional<ExportedImage> m_result; ///< From then on, too.
};

} // namespace Longshore
