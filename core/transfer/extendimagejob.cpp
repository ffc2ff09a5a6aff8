// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/extendimagejob.h"

#include "core/base/displaytext.h"
#include "core/base/workerjob.h"
#include "core/layout/composedfiles.h"
#include "core/layout/layoutsession.h"
#include "core/layout/packlayer.h"
#include "core/layout/temporaryfile.h"
#include "core/oci/imageextension.h"
#include "core/session/fetchplatformmanifestjob.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

using Packing = LayerAddition::Packing;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExtendImageJob)
};

Packing packingOf(Compression compression)
{
    switch (compression) {
    case Compression::Gzip: return Packing::Gzip;
    case Compression::Zstd: return Packing::Zstd;
    default: return Packing::Plain;
    }
}

/// A layer, and whether it was made of files.
Result<std::pair<NewLayer, bool>> obtainLayer(const ImageExtension &wanted,
                                              const CancelFlag &cancelled)
{
    if (wanted.paths.size() == 1 && QFileInfo(wanted.paths.constFirst()).isFile()) {
        const auto layer = readNewLayer(wanted.paths.constFirst(), cancelled);
        if (!layer)
            return layer.error();
        if (*layer)
            return std::pair(**layer, false);
    }
    if (!wanted.image())
        return Error{Error::Kind::InvalidInput,
                     Text::tr("%1 is no layer: that is a tar archive, as it is or compressed by "
                              "gzip or zstd.")
                         .arg(quotedPath(wanted.paths.constFirst()))};
    const auto packed = packLayer({wanted.paths, wanted.folder, wanted.ownership}, cancelled);
    return packed ? Result<std::pair<NewLayer, bool>>(std::pair(*packed, true)) : packed.error();
}

/// A document as something that is read like a file.
Result<FileSlice> keep(const QByteArray &document)
{
    auto opened = openTemporaryFile();
    if (!opened)
        return opened.error();
    QTemporaryFile &file = **opened;
    if (file.write(document) != document.size() || !file.flush())
        return cannotWriteTemporaryFile(file.errorString());
    return FileSlice::whole(
        std::make_shared<ReadableFile>(*std::move(opened), Text::tr("the new configuration")));
}

/// What the history says of the step, in the words that builders use.
QString stepText(const ImageExtension &wanted, bool isPacked)
{
    QStringList names;
    for (const QString &path : wanted.paths)
        names.append(QFileInfo(QDir::cleanPath(path)).fileName());
    return isPacked ? QString("COPY "_L1 + names.join(u' ') + u' '
                              + QDir::cleanPath(u'/' + wanted.folder))
                    : QString("ADD "_L1 + names.join(u' ') + " /"_L1);
}

struct Composition
{
    std::shared_ptr<const ImageFiles> files;
    NewLayer layer;
    bool isPacked = false;
};

Result<Composition> compose(const ImageExtension &wanted, const Manifest &base,
                            const QByteArray &config, const CancelFlag &cancelled)
{
    const auto obtained = obtainLayer(wanted, cancelled);
    if (!obtained)
        return obtained.error();
    const auto &[layer, isPacked] = *obtained;
    const auto image =
        extendImage(base, config,
                    {layer.digest, layer.content.size, packingOf(layer.compression), layer.diffId,
                     wanted.created.isValid() ? wanted.created : QDateTime::currentDateTimeUtc(),
                     stepText(wanted, isPacked), wanted.comment, wanted.author});
    if (!image)
        return image.error();
    const auto configFile = keep(image->config);
    if (!configFile)
        return configFile.error();
    const QHash<Digest, FileSlice> blobs{{layer.digest, layer.content},
                                         {Digest::ofBytes(image->config), *configFile}};
    return Composition{std::make_shared<ComposedFiles>(image->manifest, QString(), blobs), layer,
                       isPacked};
}

Error severalPlatforms()
{
    return {Error::Kind::InvalidInput,
            ExtendImageJob::tr("There are images for several platforms. Choose the one that shall "
                               "get the layer.")};
}

} // namespace

ExtendImageJob::ExtendImageJob(Session *session, const ImageExtension &wanted, QObject *parent)
    : ResultJob(parent), m_session(session), m_wanted(wanted)
{}

void ExtendImageJob::doStart()
{
    const ImageChoice *base = m_wanted.image();
    if (!base) {
        const ExtendedImage nothing = emptyImage(std::get<Platform>(m_wanted.base));
        return makeLayer(nothing.manifest, nothing.config);
    }
    ResultJob<Manifest> *job = nullptr;
    if (base->platforms.size() > 1)
        return fail(severalPlatforms());
    if (base->platforms.size() == 1)
        job = new FetchPlatformManifestJob(*m_session, base->repository, base->reference,
                                           base->platforms.first());
    else
        job = m_session->fetchManifest(base->repository, base->reference,
                                       Session::Priority::Interactive);
    runChild(job, [this](const Result<Manifest> &manifest) {
        if (!manifest)
            return fail(manifest.error());
        handleManifest(*manifest);
    });
}

void ExtendImageJob::handleManifest(const Manifest &manifest)
{
    if (manifest.index())
        return fail(severalPlatforms());
    if (!manifest.image())
        return fail({Error::Kind::Unsupported, tr("This is no image that a layer could be put on."),
                     manifest.mediaType.toString()});
    runChild(m_session->fetchBlob(m_wanted.image()->repository, manifest.image()->config,
                                  Session::Priority::Interactive),
             [this, manifest](const Result<QByteArray> &config) {
                 if (!config)
                     return fail(config.error());
                 makeLayer(manifest, *config);
             });
}

void ExtendImageJob::makeLayer(const Manifest &manifest, const QByteArray &config)
{
    auto *worker = new WorkerJob<Composition>(
        [wanted = m_wanted, manifest, config](const CancelFlag &cancelled) {
            return compose(wanted, manifest, config, cancelled);
        });
    runChild(worker, [this](const Result<Composition> &made) {
        if (!made)
            return fail(made.error());
        const ImageChoice *base = m_wanted.image();
        const QString name =
            base ? base->repository.toString() : QFileInfo(m_wanted.paths.constFirst()).fileName();
        auto files = std::make_shared<LayoutSession>(name, made->files);
        const LayoutImage &image = files->names().images().constFirst();
        succeed({files, image.repository, image.manifest.digest, made->layer, made->isPacked});
    });
}

} // namespace Longshore
