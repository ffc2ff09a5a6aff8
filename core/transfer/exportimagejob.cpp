// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exportimagejob.h"

#include "core/base/workerjob.h"
#include "core/layout/ocilayoutwriter.h"
#include "core/transfer/blobstage.h"
#include "core/transfer/downloadblobsjob.h"

#include <QLockFile>

namespace Longshore {

ExportImageJob::ExportImageJob(Session &session, const ImageExport &wanted, QObject *parent)
    : ResultJob(parent)
    , m_session(session)
    , m_wanted(wanted)
    , m_writer(std::make_shared<OciLayoutWriter>(wanted.folder))
{}

ExportImageJob::~ExportImageJob() = default;

void ExportImageJob::doStart()
{
    auto *worker = new WorkerJob<Lock>([writer = m_writer](const CancelFlag &) {
        auto lock = takeFolder(*writer);
        if (lock)
            writer->removeParts();
        return lock;
    });
    runChild(worker, [this](const Result<Lock> &lock) {
        if (!lock)
            return fail(lock.error());
        m_lock = *lock;
        findImage();
    });
}

void ExportImageJob::releaseResources()
{
    m_lock.reset();
}

void ExportImageJob::findImage()
{
    runChild(new ReadImagePartsJob(m_session, m_wanted.image),
             [this](const Result<ImageParts> &parts) {
                 if (!parts)
                     return fail(parts.error());
                 m_result = ExportedImage{parts->root.descriptor(),
                                          parts->manifests.size() + parts->blobs.size(),
                                          parts->size(), 0, parts->foreign};
                 fetchBlobs(*parts);
             });
}

void ExportImageJob::fetchBlobs(const ImageParts &parts)
{
    QList<WantedBlob> wanted;
    for (const Descriptor &blob : parts.blobs)
        wanted.append({blob, m_writer->blobPath(blob.digest)});
    // A file that is not what its name says is damaged, and of no use to anybody.
    auto *job = new DownloadBlobsJob(m_session, m_wanted.image.repository, wanted,
                                     SafeFile::Existing::Replace);
    connect(job, &Job::progressChanged, this, &Job::progressChanged);
    runChild(job, [this, manifests = parts.manifests](const Result<DownloadedBlobs> &blobs) {
        if (!blobs)
            return fail(blobs.error());
        m_result->kept = blobs->kept;
        finish(manifests);
    });
}

/// Manifests last, and the name only when everything that it stands for is there.
void ExportImageJob::finish(const Manifests &all)
{
    auto *worker =
        new WorkerJob<Done>([writer = m_writer, manifests = all.values(), image = m_result->image,
                             name = m_wanted.name](const CancelFlag &) -> Result<Done> {
            for (const Manifest &manifest : manifests) {
                if (const auto added = writer->addBlob(manifest.digest, manifest.bytes); !added)
                    return added.error();
            }
            writer->addReference(image, name);
            return writer->finish();
        });
    runChild(worker, [this](const Result<Done> &written) {
        if (!written)
            return fail(written.error());
        succeed(*m_result);
    });
}

} // namespace Longshore
