// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportdirectoryjob.h"

#include "core/base/workerjob.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/contentslist.h"
#include "core/transfer/downloadblobsjob.h"

namespace Longshore {

ExportDirectoryJob::ExportDirectoryJob(Session &session, const ImageChoice &image,
                                       const QString &folder, QObject *parent)
    : ResultJob(parent), m_session(session), m_image(image), m_folder(folder)
{}

ExportDirectoryJob::~ExportDirectoryJob() = default;

void ExportDirectoryJob::doStart()
{
    runChild(new ReadImagePartsJob(m_session, m_image), [this](const Result<ImageParts> &parts) {
        if (!parts)
            return fail(parts.error());
        openFolder(*parts);
    });
}

void ExportDirectoryJob::releaseResources()
{
    if (m_held)
        m_held->leave(); // A worker may be writing this very moment; the last owner lets go.
    m_held.reset();
}

void ExportDirectoryJob::openFolder(const ImageParts &parts)
{
    m_result = ExportedImage{parts.root.descriptor(), parts.manifests.size() + parts.blobs.size(),
                             parts.size(), 0, parts.foreign};
    if (const auto set = ImageSet::of({{parts, m_image.repository}}))
        m_result->contents = [set = *set] { return contentsList(set); };
    m_writer = std::make_shared<DirectoryWriter>(m_folder, parts);
    m_held = std::make_shared<HeldFolder>(m_writer->folder());
    auto *worker = new WorkerJob<Done>(
        [writer = m_writer, held = m_held](const CancelFlag &cancelled) mutable {
            const auto taken = held->take(*writer, cancelled);
            if (taken)
                removeParts(writer->folder());
            held.reset(); // Here, so that a cancelled job keeps the folder from nobody.
            return taken;
        });
    runChild(worker, [this, parts](const Result<Done> &taken) {
        if (!taken)
            return fail(taken.error());
        fetchBlobs(parts);
    });
}

void ExportDirectoryJob::fetchBlobs(const ImageParts &parts)
{
    QList<WantedBlob> wanted;
    for (const Descriptor &blob : parts.blobs)
        wanted.append({blob, m_writer->blobPath(blob.digest)});
    // A file that is not what its name says is damaged, and of no use to anybody.
    auto *job =
        new DownloadBlobsJob(m_session, m_image.repository, wanted, SafeFile::Existing::Replace);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this](const Result<DownloadedBlobs> &blobs) {
        if (!blobs)
            return fail(blobs.error());
        m_result->kept = blobs->kept;
        m_result->startedOver = blobs->startedOver;
        finish();
    });
}

void ExportDirectoryJob::finish()
{
    auto *worker = new WorkerJob<Done>(
        [writer = m_writer, held = m_held](const CancelFlag &) mutable -> Result<Done> {
            const auto finished = writer->finish();
            held.reset(); // Here, so that it is free when the job says that it is done.
            return finished;
        });
    runChild(worker, [this](const Result<Done> &written) {
        if (!written)
            return fail(written.error());
        succeed(*m_result);
    });
}

} // namespace Longshore
