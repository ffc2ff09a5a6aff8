// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportlayersjob.h"

#include "core/transfer/contentslist.h"
#include "core/transfer/diskroom.h"
#include "core/transfer/inflatelayersjob.h"
#include "core/transfer/packimages.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace Longshore {

static QString numbered(qsizetype number, const QString &rest)
{
    return u"%1%2"_s.arg(number, 2, 10, QLatin1Char('0')).arg(rest);
}

ExportLayersJob::ExportLayersJob(Session &session, const LayersExport &wanted, QObject *parent)
    : ResultJob(parent), m_session(session), m_wanted(wanted)
{}

void ExportLayersJob::doStart()
{
    runChild(new ReadImagePartsJob(m_session, m_wanted.image),
             [this](const Result<ImageParts> &parts) {
                 if (!parts)
                     return fail(parts.error());
                 choosePlatform(*parts);
             });
}

void ExportLayersJob::choosePlatform(const ImageParts &parts)
{
    m_image = parts.root; // It may be something else than an image for containers, and have layers.
    if (!m_image->image()) {
        const auto only = onlyPlatform({parts, m_wanted.image.repository});
        if (!only)
            return fail(only.error());
        m_image = only->parts.root;
    }
    const qsizetype count = m_image->image()->layers.size();
    for (const qsizetype number : m_wanted.numbers) {
        if (number < 1 || number > count)
            return fail({Error::Kind::NotFound,
                         tr("The image has no layer %1: its layers are numbered from 1 to %2.")
                             .arg(number)
                             .arg(count)});
    }
    if (m_wanted.form == LayerReader::Form::AsStored)
        download();
    else
        readContents();
}

bool ExportLayersJob::isWanted(qsizetype number) const
{
    return m_wanted.numbers.isEmpty() || m_wanted.numbers.contains(number);
}

void ExportLayersJob::download()
{
    QList<WantedBlob> blobs;
    qsizetype number = 0;
    for (const Descriptor &layer : m_image->image()->layers) {
        if (!isWanted(++number))
            continue;
        const QString name =
            numbered(number, u'_' + layer.digest.shortText() + layer.mediaType.fileExtension());
        blobs.append({layer, QDir(m_wanted.folder).filePath(name)});
        m_layers.append({layer.digest, blobs.last().path, layer.size});
    }
    auto *job =
        new DownloadBlobsJob(m_session, m_wanted.image.repository, blobs, SafeFile::Existing::Keep);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this](const Result<DownloadedBlobs> &downloaded) {
        if (!downloaded)
            return fail(downloaded.error());
        m_startedOver = downloaded->startedOver;
        conclude();
    });
}

void ExportLayersJob::readContents()
{
    auto *job = new ReadLayerContentsJob(m_session, m_wanted.image.repository, *m_image);
    runChild(job, [this](const Result<QList<LayerContent>> &contents) {
        if (!contents)
            return fail(contents.error());
        inflate(*contents);
    });
}

void ExportLayersJob::inflate(const QList<LayerContent> &contents)
{
    QList<WantedTar> tars;
    qsizetype number = 0;
    for (const LayerContent &content : contents) {
        if (!isWanted(++number))
            continue;
        const QString name = numbered(number, u'-' + content.diffId.shortText() + ".tar"_L1);
        tars.append({content, QDir(m_wanted.folder).filePath(name)});
    }
    auto *job = new InflateLayersJob(m_session, m_wanted.image.repository, m_wanted.folder, tars);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this, tars](const Result<InflatedLayers> &inflated) {
        if (!inflated)
            return fail(inflated.error());
        for (qsizetype i = 0; i < tars.size(); ++i)
            m_layers.append({tars.at(i).content.diffId, tars.at(i).path, inflated->sizes.at(i)});
        m_startedOver = inflated->startedOver;
        conclude();
    });
}

void ExportLayersJob::conclude()
{
    QList<qint64> sizes;
    for (const ExportedLayer &layer : std::as_const(m_layers))
        sizes.append(layer.size);
    ExportedImage result{m_image->descriptor(), m_layers.size(), totalSize(sizes)};
    result.layers = m_layers;
    result.startedOver = m_startedOver;
    result.contents = [choice = m_wanted.image, image = *m_image, layers = m_layers] {
        return contentsList(choice, image, layers);
    };
    succeed(result);
}

} // namespace Longshore
