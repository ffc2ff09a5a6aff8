// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/layers/layerreader.h"
#include "core/session/readlayercontentsjob.h"
#include "core/transfer/downloadblobsjob.h"
#include "core/transfer/exportimagejob.h"

namespace Longshore {

/// An image, and the folder that its layers shall be in.
struct LayersExport
{
    ImageChoice image; ///< For one platform.
    QString folder; ///< Is made; what else is in it stays.
    LayerReader::Form form = LayerReader::Form::AsStored; ///< Of the layers.
    QList<qsizetype> numbers = {}; ///< Which layers, from 1, the lowest; empty for all.
};

/// Brings every layer of an image to disk, or some of them, as a file of its own, "01_1a2b3c4d5e6f.tar.gz" for the lowest; or
/// as a plain tar, "01-1a2b3c4d5e6f.tar" by its diff ID.
///
/// Files that are there already and hold the right content are kept. Progress is in bytes. Fails with
/// Error::Kind::InvalidInput where there are several platforms, with Error::Kind::NotFound for a number
/// that no layer has, with Error::Kind::LocalFile where a file
/// has the name of a layer and holds something else, else as ReadImagePartsJob, DownloadBlobsJob,
/// ReadLayerContentsJob and InflateLayersJob.
class ExportLayersJob final : public ResultJob<ExportedImage>
{
    Q_OBJECT

public:
    /// \a session must outlive the job.
    ExportLayersJob(Session &session, const LayersExport &wanted, QObject *parent = nullptr);

private:
    void doStart() override;
    void choosePlatform(const ImageParts &parts);
    [[nodiscard]] bool isWanted(qsizetype number) const;
    void download();
    void readContents();
    void inflate(const QList<LayerContent> &contents);
    void conclude();

    Session &m_session;
    const LayersExport m_wanted;
    std::optional<Manifest> m_image; ///< Once it is known.
    QList<ExportedLayer> m_layers;
    qsizetype m_startedOver = 0; ///< As in the result.
};

} // namespace Longshore
