// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportarchivejob.h"

#include "core/base/displaytext.h"
#include "core/layers/inflatelayer.h"
#include "core/transfer/diskroom.h"
#include "core/transfer/downloadblobsjob.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Longshore {

namespace {

QString platformsOf(const QList<Descriptor> &images)
{
    QStringList names;
    for (const Descriptor &image : images)
        names.append(image.platform ? image.platform->toString() : image.digest.toString());
    return quotedText(names.join(", "_L1));
}

BlobPaths pathsIn(const std::shared_ptr<BlobStage> &stage)
{
    return [stage](const Digest &digest) { return stage->blobPath(digest); };
}

/// The layers with their sizes, which an archive has to tell before it brings them.
Result<QList<PlainLayer>> measured(const QList<LayerContent> &contents, const BlobStage &stage,
                                   const CancelFlag &cancelled)
{
    QList<PlainLayer> layers;
    for (const LayerContent &content : contents) {
        const auto size =
            inflatedSize(stage.blobPath(content.layer.digest), content.diffId, cancelled);
        if (!size)
            return size.error();
        layers.append({content, *size});
    }
    return layers;
}

Result<Done> packed(const ArchiveExport &wanted, const ImageParts &parts,
                    const QList<LayerContent> &contents, const std::shared_ptr<BlobStage> &stage,
                    const CancelFlag &cancelled)
{
    if (wanted.form == ArchiveExport::Form::Oci)
        return writeArchive(wanted.file, ociArchive(parts, wanted.names, pathsIn(stage)),
                            wanted.existing, cancelled);
    const auto layers = measured(contents, *stage, cancelled);
    if (!layers)
        return layers.error();
    return writeArchive(wanted.file,
                        dockerArchive(*parts.root.image(), *layers, wanted.names, pathsIn(stage)),
                        wanted.existing, cancelled);
}

} // namespace

ExportArchiveJob::ExportArchiveJob(Session &session, const ArchiveExport &wanted, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_wanted(wanted)
    , m_stage(std::make_shared<BlobStage>(wanted.file))
{}

ExportArchiveJob::~ExportArchiveJob() = default;

void ExportArchiveJob::doStart()
{
    auto *worker = new WorkerJob<Done>(
        [stage = m_stage, wanted = m_wanted](const CancelFlag &) -> Result<Done> {
            const QFileInfo info(wanted.file);
            const bool mayReplace = wanted.existing == SafeFile::Existing::Replace && !info.isDir();
            if (!mayReplace && (info.exists() || info.isSymLink()))
                return Error{Error::Kind::LocalFile,
                             tr("%1 exists already.").arg(quotedPath(wanted.file))};
            auto opened = stage->open();
            if (opened) // Nobody else writes this archive now.
                SafeFile::removeParts(wanted.file);
            return opened;
        });
    runChild(worker, [this](const Result<Done> &opened) {
        if (!opened)
            return fail(opened.error());
        findImage();
    });
}

void ExportArchiveJob::findImage()
{
    runChild(new ReadImagePartsJob(m_session, m_wanted.image),
             [this](const Result<ImageParts> &parts) {
                 if (!parts)
                     return fail(parts.error());
                 if (m_wanted.form == ArchiveExport::Form::Docker)
                     return chooseImage(*parts);
                 m_parts = *parts;
                 checkRoom();
             });
}

/// A Docker archive holds one image.
void ExportArchiveJob::chooseImage(const ImageParts &parts)
{
    const QList<Descriptor> images = parts.images();
    if (images.isEmpty())
        return fail({Error::Kind::Unsupported,
                     tr("This is no image, and a Docker archive holds nothing else.")});
    if (images.size() > 1)
        return fail({Error::Kind::InvalidInput,
                     tr("A Docker archive holds an image for one platform. Choose one of: %1.")
                         .arg(platformsOf(images))});
    const Manifest manifest = parts.manifests.value(images.first().digest, parts.root);
    const auto only = ImageParts::of(manifest, {});
    if (!only)
        return fail(only.error());
    if (!only->foreign.isEmpty())
        return fail({Error::Kind::Unsupported,
                     tr("The image has layers that may not be distributed, and a Docker archive "
                        "would be useless without them.")});
    m_parts = *only;
    readContents(manifest);
}

void ExportArchiveJob::readContents(const Manifest &manifest)
{
    auto *job = new ReadLayerContentsJob(m_session, m_wanted.image.repository, manifest);
    runChild(job, [this](const Result<QList<LayerContent>> &layers) {
        if (!layers)
            return fail(layers.error());
        m_layers = *layers;
        checkRoom();
    });
}

void ExportArchiveJob::checkRoom()
{
    auto *worker = new WorkerJob<Done>(
        [stage = m_stage, parts = *m_parts](const CancelFlag &) -> Result<Done> {
            QList<qint64> sizes{parts.size()};
            for (const Descriptor &blob : parts.blobs) {
                if (QFileInfo(stage->blobPath(blob.digest)).size() != blob.size)
                    sizes.append(blob.size);
            }
            return checkDiskRoom(stage->folder(), totalSize(sizes));
        });
    runChild(worker, [this](const Result<Done> &checked) {
        if (!checked)
            return fail(checked.error());
        fetchBlobs();
    });
}

void ExportArchiveJob::fetchBlobs()
{
    QList<WantedBlob> wanted;
    for (const Descriptor &blob : std::as_const(m_parts->blobs))
        wanted.append({blob, m_stage->blobPath(blob.digest)});
    auto *job = new DownloadBlobsJob(m_session, m_wanted.image.repository, wanted,
                                     SafeFile::Existing::Replace);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this](const Result<DownloadedBlobs> &blobs) {
        if (!blobs)
            return fail(blobs.error());
        m_kept = blobs->kept;
        pack();
    });
}

void ExportArchiveJob::pack()
{
    auto *worker = new WorkerJob<Done>([stage = m_stage, wanted = m_wanted, parts = *m_parts,
                                        layers = m_layers](const CancelFlag &cancelled) {
        const auto written = packed(wanted, parts, layers, stage, cancelled);
        if (written || !BlobStage::isWorthKeeping(written.error()))
            stage->remove();
        return written;
    });
    runChild(worker, [this](const Result<Done> &written) {
        if (!written)
            return fail(written.error());
        succeed({m_parts->root.descriptor(), m_parts->manifests.size() + m_parts->blobs.size(),
                 m_parts->size(), m_kept, m_parts->foreign});
    });
}

} // namespace Longshore
