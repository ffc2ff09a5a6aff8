// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportdirectoryjob.h"

#include "core/base/workerjob.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/downloadblobsjob.h"

#include <QLockFile>

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
    m_lock.reset();
}

void ExportDirectoryJob::openFolder(const ImageParts &parts)
{
    m_result = ExportedImage{parts.root.descriptor(), parts.manifests.size() + parts.blobs.size(),
                             parts.size(), 0, parts.foreign};
    m_writer = std::make_shared<DirectoryWriter>(m_folder, parts);
    auto *worker = new WorkerJob<Lock>([writer = m_writer](const CancelFlag &) {
        auto lock = takeFolder(*writer);
        if (lock)
            removeParts(writer->folder());
        return lock;
    });
    runChild(worker, [this, parts](const Result<Lock> &lock) {
        if (!lock)
            return fail(lock.error());
        m_lock = *lock;
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
        finish();
    });
}

void ExportDirectoryJob::finish()
{
    auto *worker =
        new WorkerJob<Done>([writer = m_writer](const CancelFlag &) { return writer->finish(); });
    runChild(worker, [this](const Result<Done> &written) {
        if (!written)
            return fail(written.error());
        succeed(*m_result);
    });
}

} // namespace Longshore
