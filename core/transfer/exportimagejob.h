// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/downloadblobsjob.h"
#include "core/transfer/imageset.h"

#include <memory>

namespace Longshore {

class HeldFolder;
class OciLayoutWriter;

/// Images, and the folder that they shall be in.
struct ImageExport
{
    QList<NamedImage> images; ///< What to export; at least one.
    QString folder; ///< New, empty, or an OCI image layout.
    QString earlier = {}; ///< The path of an export whose blobs are left out; empty for none.
};

/// A layer that was brought to disk alone.
struct ExportedLayer
{
    Digest digest; ///< Of what is in the file.
    QString path; ///< Of the file.
    qint64 size = 0; ///< Of the file, in bytes.
};

/// What is on the disk after an export.
struct ExportedImage
{
    Descriptor image; ///< What its name points to there; of several images, the first.
    qsizetype blobs = 0; ///< Of all images, manifests included.
    qint64 bytes = 0; ///< Of these blobs.
    qsizetype kept = 0; ///< Blobs that were there already, and are what they should be.
    QList<Descriptor> foreign = {}; ///< Layers that may not be distributed; they are not fetched.
    QList<Descriptor> others = {}; ///< What the names of the other images point to, in their order.
    QList<ExportedLayer> layers = {}; ///< Where that is all there is; the lowest first.
    QList<Descriptor> leftOut = {}; ///< What it depends on; see ReadDeltaJob.
    QList<LeftOutReferrer> leftOutReferrers = {}; ///< See ReadReferrersJob.
    QStringList deviations = {}; ///< What the file system could not take; sentences.
    QString renamed = {}; ///< Where it is, when the name was taken that was asked for.
    bool isSkipped = false; ///< Nothing was written, because the name was taken.
    qsizetype startedOver = 0; ///< Blobs; see DownloadedBlob::hasStartedOver.
    /// Makes the list of it all for people, see contentsList(), which may be long: for a worker. Null
    /// where nothing was written.
    std::function<QByteArray()> contents = {};

    /// All of \a set, whose blobs were there already as far as \a blobs says.
    [[nodiscard]] static ExportedImage of(const ImageSet &set, const DownloadedBlobs &blobs);
};

/// Exports images into an OCI image layout. OCI image-spec, image-layout.md.
///
/// What the folder holds stays and is checked before it counts, so that an export that was broken
/// off is completed when it is started again; index.json names the images only when everything is
/// there. What was left out, missing-blobs.json lists. Progress is in bytes. Fails with
/// Error::Kind::LocalFile, before anything is fetched, where the disk has not enough room or the folder
/// holds something else; with Error::Kind::Unsupported for schema 1, which a layout cannot hold.
class ExportImageJob final : public ResultJob<ExportedImage>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ExportImageJob(Session &session, const ImageExport &wanted, QObject *parent = nullptr);
    ~ExportImageJob() override;

private:
    using Held = std::shared_ptr<HeldFolder>;

    void doStart() override;
    void releaseResources() override;
    void findImages();
    void fetchBlobs(const ImageSet &set);
    void finish(const ImageSet &set, const DownloadedBlobs &blobs);

    Session &m_session;
    const ImageExport m_wanted;
    Held m_held; ///< Two exports into one folder would lose a name.
    std::shared_ptr<OciLayoutWriter> m_writer;
};

} // namespace Longshore
