// SPDX-License-Identifier: Apache-2.0
#include "core/session/readlayercontentsjob.h"

#include "core/oci/imageconfig.h"

namespace Longshore {

ReadLayerContentsJob::ReadLayerContentsJob(Session &session, const RepositoryName &repository,
                                           const Manifest &manifest, QObject *parent)
    : ResultJob(parent), m_session(session), m_repository(repository), m_manifest(manifest)
{}

void ReadLayerContentsJob::doStart()
{
    const ImageManifest *image = m_manifest.image();
    if (!image || image->config.mediaType.kind() != MediaType::Kind::ImageConfig)
        return fail({Error::Kind::Unsupported,
                     tr("This is no image whose layers could be unpacked."),
                     m_manifest.mediaType.toString()});
    runChild(m_session.fetchBlob(m_repository, image->config, Session::Priority::Interactive),
             [this](const Result<QByteArray> &bytes) {
                 if (!bytes)
                     return fail(bytes.error());
                 const auto config = parseImageConfig(*bytes);
                 if (!config)
                     return fail(config.error());
                 join(config->diffIds);
             });
}

void ReadLayerContentsJob::join(const QList<Digest> &diffIds)
{
    const QList<Descriptor> &layers = m_manifest.image()->layers;
    if (diffIds.size() != layers.size())
        return fail(
            {Error::Kind::Protocol,
             tr("The configuration of the image speaks of other layers than it has."),
             QStringLiteral("%1 diff_ids, %2 layers").arg(diffIds.size()).arg(layers.size())});
    QList<LayerContent> contents;
    for (qsizetype i = 0; i < layers.size(); ++i)
        contents.append({layers.at(i), diffIds.at(i)});
    succeed(contents);
}

} // namespace Longshore
