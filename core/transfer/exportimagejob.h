// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session/readimagepartsjob.h"

#include <memory>

class QLockFile;

namespace Longshore {

class OciLayoutWriter;

/// An image, and the folder that it shall be in.
struct ImageExport
{
    ImageChoice image; ///< What to export.
    QString folder; ///< New, empty, or an OCI image layout.
    QString name = {}; ///< What index.json calls the image; may be empty.
};

/// What is in the folder after an export.
struct ExportedImage
{
    Descriptor image; ///< What the name in index.json points to.
    qsizetype blobs = 0; ///< Of the image, its manifests included.
    qint64 bytes = 0; ///< Of these blobs.
    qsizetype kept = 0; ///< Blobs that were in the folder already, and are what they should be.
    QList<Descriptor> foreign = {}; ///< Layers that may not be distributed; they are not fetched.
};

/// Exports an image into an OCI image layout. OCI image-spec, image-layout.md.
///
/// What the folder holds stays and is checked before it counts, so that an export that was broken
/// off is completed when it is started again; index.json names the image only when everything is
/// there. Progress is in bytes. Fails with Error::Kind::LocalFile, before anything is fetched,
/// where the disk has not enough room or the folder holds something else; with
/// Error::Kind::Unsupported for schema 1, which a layout cannot hold.
class ExportImageJob final : public ResultJob<ExportedImage>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ExportImageJob(Session &session, const ImageExport &wanted, QObject *parent = nullptr);
    ~ExportImageJob() override;

private:
    using Lock = std::shared_ptr<QLockFile>;

    void doStart() override;
    void releaseResources() override;
    void findImage();
    void fetchBlobs(const ImageParts &parts);
    void finish(const Manifests &all);

    Session &m_session;
    const ImageExport m_wanted;
    Lock m_lock; ///< Two exports into one folder would lose a name.
    std::shared_ptr<OciLayoutWriter> m_writer;
    std::optional<ExportedImage> m_result; ///< Once it is known what the image is.
};

} // namespace Longshore
