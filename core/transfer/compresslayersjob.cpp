// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/compresslayersjob.h"

#include "core/base/foreachjob.h"
#include "core/base/workerjob.h"
#include "core/layout/composedfiles.h"
#include "core/layout/dockerarchivefiles.h"
#include "core/layout/gzipfile.h"
#include "core/layout/layoutsession.h"
#include "core/oci/strictjson.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Longshore {

constexpr qsizetype pieceSize = 256 * 1024;

CompressLayersJob::CompressLayersJob(LayoutSession &files, const RepositoryName &repository,
                                     const Reference &reference, QObject *parent)
    : ResultJob(parent), m_files(files), m_repository(repository), m_reference(reference)
{}

void CompressLayersJob::doStart()
{
    if (m_files.form() != ImageFiles::Form::DockerArchive)
        return fail({Error::Kind::InvalidInput,
                     tr("Only the layers of Docker archives can be compressed: anywhere else the "
                        "digest of an image says how they are stored.")});
    runChild(m_files.fetchManifest(m_repository, m_reference, Session::Priority::Transfer),
             [this](const Result<Manifest> &manifest) {
                 if (!manifest)
                     return fail(manifest.error());
                 findBlobs(*manifest);
             });
}

void CompressLayersJob::findBlobs(const Manifest &manifest)
{
    m_manifest = manifest;
    QList<Descriptor> blobs{manifest.image()->config};
    for (const Descriptor &layer : manifest.image()->layers) {
        if (!blobs.contains(layer))
            blobs.append(layer);
    }
    auto *openAll = new ForEachJob<Descriptor, FileSlice>(
        blobs,
        [this](const Descriptor &blob) { return m_files.openBlob(m_repository, blob.digest); },
        [this](const Descriptor &blob, const Result<FileSlice> &content) {
            if (content)
                m_found.append({blob, *content});
            else if (isRunning())
                fail(content.error());
        });
    runChild(openAll, [this](const Result<Done> &) { compress(); });
}

void CompressLayersJob::compress()
{
    for (const StoredBlob &one : std::as_const(m_found))
        m_total += one.content.size;
    auto *compressAll = new ForEachJob<StoredBlob, StoredBlob>(
        m_found,
        [](const StoredBlob &one) {
            return new WorkerJob<StoredBlob>([one](const CancelFlag &cancelled) {
                return DockerArchiveFiles::isPlain(one.blob) ? compressed(one, cancelled)
                                                             : Result<StoredBlob>(one);
            });
        },
        [this](const StoredBlob &before, const Result<StoredBlob> &now) {
            if (now)
                noteBlob(before, *now);
            else if (isRunning())
                fail(now.error());
        });
    runChild(compressAll, [this](const Result<Done> &) { compose(); });
}

Result<CompressLayersJob::StoredBlob> CompressLayersJob::compressed(const StoredBlob &layer,
                                                                    const CancelFlag &cancelled)
{
    const auto &[blob, plain] = layer;
    GzipFile gzip;
    if (const auto opened = gzip.open(); !opened)
        return opened.error();
    QByteArray piece(pieceSize, Qt::Uninitialized);
    for (qint64 done = 0; done < plain.size;) {
        if (cancelled)
            return Error::cancelled();
        const auto count =
            plain.read(done, piece.data(), qMin<qint64>(pieceSize, plain.size - done));
        if (!count)
            return count.error();
        if (const auto added = gzip.add(QByteArrayView(piece).first(*count)); !added)
            return added.error();
        done += *count;
    }
    const auto content = gzip.finish(plain.file->name());
    if (!content)
        return content.error();
    if (gzip.contentDigest() != blob.digest)
        return Error{Error::Kind::DigestMismatch,
                     tr("The layer %1 is not what its image says.").arg(blob.digest.toString())};
    return StoredBlob{{MediaType::layer(MediaType::Packing::Gzip), gzip.digest(), content->size},
                      *content};
}

void CompressLayersJob::noteBlob(const StoredBlob &before, const StoredBlob &now)
{
    m_blobs.insert(before.blob.digest, now);
    m_done += before.content.size;
    emit progressChanged(m_done, m_total);
}

/// The same document, with other layers.
Result<Manifest> CompressLayersJob::changedManifest() const
{
    auto document = parseStrictJson(m_manifest->bytes);
    if (!document)
        return document.error();
    QJsonArray layers;
    for (const Descriptor &before : m_manifest->image()->layers) {
        const Descriptor &now = m_blobs.constFind(before.digest)->blob;
        layers.append(QJsonObject{{u"mediaType"_s, now.mediaType.toString()},
                                  {u"digest"_s, now.digest.toString()},
                                  {u"size"_s, now.size}});
    }
    document->insert("layers"_L1, layers);
    return parseManifest(QJsonDocument(*document).toJson(QJsonDocument::Compact),
                         m_manifest->mediaType);
}

void CompressLayersJob::compose()
{
    const auto manifest = changedManifest();
    if (!manifest)
        return fail(manifest.error());
    QHash<Digest, FileSlice> blobs;
    for (const auto &[blob, content] : std::as_const(m_blobs))
        blobs.insert(blob.digest, content);
    auto files = std::make_shared<LayoutSession>(
        m_files.host(), std::make_shared<ComposedFiles>(*manifest, QString(), blobs));
    const LayoutImage &image = files->names().images().constFirst();
    succeed({files, image.repository, image.manifest.digest});
}

} // namespace Longshore
